import type { FieldDef, FormSection } from '@renshe/api'
import { describe, expect, it } from 'vitest'
import { bankAccountFault, dateFault, idCheckCharacter, idNumberFault, mobileFault, monthFault, usccFault } from '../src/checks.ts'
import { displayValue, sameValue } from '../src/display.ts'
import { faultOf, faultsOf, filled, isVisible } from '../src/validate.ts'

describe('single values', () => {
  it('checks identity numbers by GB 11643', () => {
    expect(idNumberFault('11010519491231002X')).toBeNull()
    expect(idNumberFault('11010519491231002x')).toBeNull()
    expect(idNumberFault('110105194912310021')).toContain('校验位')
    expect(idNumberFault('11010519491331002X')).toContain('出生日期')
    expect(idNumberFault('11010529491231002X', '2026-11-24')).toContain('出生日期')
    expect(idNumberFault('1101051949123100')).toContain('18位')
    expect(idNumberFault('110105491231002')).toContain('15位')
    expect(idCheckCharacter('11010519491231002')).toBe('X')
  })

  it('checks credit codes by GB 32100', () => {
    expect(usccFault('91350100M000100Y43')).toBeNull()
    expect(usccFault('91350100M000100Y44')).toContain('校验位')
    expect(usccFault('91350100I000100Y43')).toContain('18位')
  })

  it('checks the small ones', () => {
    expect(mobileFault('13800001234')).toBeNull()
    expect(mobileFault('12800001234')).not.toBeNull()
    expect(bankAccountFault('6222 0210 0111 2345 678')).toBeNull()
    expect(bankAccountFault('6222-0210')).not.toBeNull()
    expect(monthFault('2026-11')).toBeNull()
    expect(monthFault('2026-13')).not.toBeNull()
    expect(dateFault('2024-02-29')).toBeNull()
    expect(dateFault('2025-02-29')).not.toBeNull()
  })
})

const kind: FieldDef = { key: 'kind', label: '退休类别', type: 'choice', required: true, options: [{ code: 'normal', name: '正常退休' }, { code: 'early', name: '弹性提前退休' }] }
const notice: FieldDef = { key: 'notice', label: '告知单位日期', type: 'date', required: true, show_when: { field: 'kind', in: ['early'] } }
const remark: FieldDef = { key: 'remark', label: '备注', type: 'text', required: true, show_when: { field: 'notice', in: ['2026-01-01'] } }
const wage: FieldDef = { key: 'wage', label: '月缴费工资', type: 'money', required: true, min: 1 }
const sections: FormSection[] = [{ title: '申请信息', fields: [kind, notice, remark, wage] }]

describe('forms', () => {
  it('asks a field only when the answer it hangs on is given', () => {
    expect(isVisible(notice, { kind: 'normal' }, sections[0]!.fields)).toBe(false)
    expect(isVisible(notice, { kind: 'early' }, sections[0]!.fields)).toBe(true)
    // A child of a hidden field is hidden, even when its own condition holds.
    expect(isVisible(remark, { kind: 'normal', notice: '2026-01-01' }, sections[0]!.fields)).toBe(false)
    expect(isVisible({ ...notice, show_when: { field: 'kinds', in: ['a'] } }, { kinds: ['b', 'a'] }, [])).toBe(true)
  })

  it('faults asked fields only, in form order', () => {
    expect(faultsOf(sections, { kind: 'normal', wage: 814660 })).toEqual([])
    expect(faultsOf(sections, { kind: 'early' }).map((f) => f.field)).toEqual(['notice', 'wage'])
    expect(faultsOf(sections, { kind: 'other', wage: 1 })[0]?.message).toBe('请从列表中选择退休类别')
  })

  it('wants money as integer fen and says bounds in yuan', () => {
    expect(faultOf(wage, 'abc')).toContain('金额')
    expect(faultOf({ ...wage, min: 269000 }, 100)).toBe('月缴费工资不能小于2,690.00元')
    expect(faultOf({ ...wage, max: 3700000 }, 3700001)).toBe('月缴费工资不能大于37,000.00元')
  })

  it('counts characters, not code units', () => {
    const field: FieldDef = { key: 'n', label: '姓名', type: 'text', max_length: 2 }
    expect(faultOf(field, '𠮷野')).toBeNull()
    expect(faultOf(field, '张三丰')).toBe('姓名不能超过2个字，现有3个字')
  })

  it('bounds whole numbers, decimals, dates and months', () => {
    expect(faultOf({ key: 'i', label: '月数', type: 'integer', min: 0, max: 600, unit: '个月' }, 601)).toBe('月数不能大于600个月')
    expect(faultOf({ key: 'i', label: '月数', type: 'integer' }, '12a')).toContain('整数')
    expect(faultOf({ key: 'd', label: '指数', type: 'decimal', scale: 4 }, '1.23456')).toContain('4位')
    expect(faultOf({ key: 'm', label: '起始月', type: 'month', min: '2026-11' }, '2026-10')).toContain('不能早于')
  })

  it('never asks for what is read-only', () => {
    expect(faultOf({ key: 'id', label: '证件号', type: 'id_number', required: true, readonly: true }, '3101**********1234')).toBeNull()
    expect(faultOf({ key: 'id', label: '证件号', type: 'id_number', required: true, readonly: true }, null)).toBeNull()
  })

  it('measures how far a form is', () => {
    expect(filled(sections, { kind: 'early', wage: 1 })).toEqual({ done: 2, total: 3 })
    expect(filled(sections, { kind: 'normal' })).toEqual({ done: 1, total: 2 })
  })
})

describe('display', () => {
  it('puts answers into words', () => {
    expect(displayValue(kind, 'early')).toBe('弹性提前退休')
    expect(displayValue(wage, 814660)).toBe('8,146.60 元')
    expect(displayValue({ type: 'multi_choice', options: kind.options ?? null }, ['normal', 'early'])).toBe('正常退休、弹性提前退休')
    expect(displayValue({ type: 'month' }, '2026-11')).toBe('2026年11月')
    expect(displayValue({ type: 'bool' }, false)).toBe('否')
    expect(displayValue({ type: 'text' }, null)).toBe('—')
  })

  it('compares answers by meaning', () => {
    expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(sameValue(null, '')).toBe(true)
    expect(sameValue('1', 1)).toBe(false)
  })
})
