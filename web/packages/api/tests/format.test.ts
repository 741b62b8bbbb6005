import { describe, expect, it } from 'vitest'
import { addMonths, dateText, dayOf, groupAccount, isDate, maskId, maskMobile, monthText, parseYuan, quantityText, spanText, timeText, yuan, yuanInput, yuanText } from '../src/index.ts'

describe('money', () => {
  it('writes fen as grouped yuan without floats', () => {
    expect(yuan(814660)).toBe('8,146.60')
    expect(yuanText(814660)).toBe('8,146.60 元')
    expect(yuan(0)).toBe('0.00')
    expect(yuan(5)).toBe('0.05')
    expect(yuan(-5)).toBe('-0.05')
    expect(yuan(100)).toBe('1.00')
    expect(yuan(123456789012)).toBe('1,234,567,890.12')
    // Beyond what a double holds exactly, given as text.
    expect(yuan('900719925474099301')).toBe('9,007,199,254,740,993.01')
  })

  it('says nothing where there is no amount', () => {
    expect(yuan(null)).toBe('—')
    expect(yuan(undefined)).toBe('—')
    expect(yuan('1.5')).toBe('—')
  })

  it('reads what people type', () => {
    expect(parseYuan('8,146.60')).toBe(814660)
    expect(parseYuan('8146.6')).toBe(814660)
    expect(parseYuan(' ￥８１４６ 元')).toBe(814600)
    expect(parseYuan('0.07')).toBe(7)
    expect(parseYuan('1.005')).toBeNull()
    expect(parseYuan('1e3')).toBeNull()
    expect(parseYuan('')).toBeNull()
    expect(parseYuan('-3.20')).toBe(-320)
  })

  it('groups the digits of a derivation and nothing else', () => {
    expect(quantityText({ value: '12434.00', unit: '元' })).toBe('12,434.00 元')
    expect(quantityText({ value: '2031-07', unit: '' })).toBe('2031-07')
    expect(quantityText({ value: '60岁8个月：133.6', unit: '个月' })).toBe('60岁8个月：133.6 个月')
    expect(quantityText({ value: '1.2150', unit: '' })).toBe('1.2150')
  })

  it('round-trips through an input box', () => {
    for (const fen of [0, 1, 99, 100, 101, 814660, 99999999999]) expect(parseYuan(yuanInput(fen))).toBe(fen)
  })
})

describe('time', () => {
  it('shows Shanghai time whatever the zone of the moment', () => {
    expect(timeText('2026-11-24T02:21:00Z')).toBe('2026-11-24 10:21')
    expect(timeText('2026-11-23T23:30:00-08:00')).toBe('2026-11-24 15:30')
    expect(dayOf('2026-11-23T16:30:00Z')).toBe('2026-11-24')
    expect(dayOf('2026-11-24')).toBe('2026-11-24')
  })

  it('writes months, dates and spans', () => {
    expect(monthText('2031-07')).toBe('2031年7月')
    expect(monthText('2031-13')).toBe('—')
    expect(dateText('2026-11-24')).toBe('2026年11月24日')
    expect(spanText(186)).toBe('15年6个月')
    expect(spanText(180)).toBe('15年')
    expect(spanText(5)).toBe('5个月')
    expect(addMonths('2026-11', 2)).toBe('2027-01')
    expect(addMonths('2026-01', -1)).toBe('2025-12')
  })

  it('knows real dates', () => {
    expect(isDate('2024-02-29')).toBe(true)
    expect(isDate('2026-02-29')).toBe(false)
  })
})

describe('masks', () => {
  it('hides the middle', () => {
    expect(maskId('310104197005121234')).toBe('310104********1234')
    expect(maskId('3101**********1234')).toBe('3101**********1234')
    expect(maskMobile('13800001234')).toBe('138****1234')
    expect(groupAccount('6222021001112345678')).toBe('6222 0210 0111 2345 678')
  })
})
