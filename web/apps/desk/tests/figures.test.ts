import { describe, expect, it } from 'vitest'
import { figureText, hundredfold } from '../src/figures.ts'
import { passOpinions } from '../src/opinions.ts'
import { treeOf } from '../src/tree.ts'

describe('figures of parameters', () => {
  it('moves the point of a rate', () => {
    expect(hundredfold('0.0198')).toBe('1.98')
    expect(hundredfold('0.16')).toBe('16')
    expect(hundredfold('0.5')).toBe('50')
    expect(hundredfold('0.00256')).toBe('0.256')
    expect(hundredfold('1')).toBe('100')
    expect(hundredfold('-0.005')).toBe('-0.5')
  })

  it('writes rates as per cent and amounts with grouped digits', () => {
    expect(figureText('0.0198', '年利率')).toBe('1.98%')
    expect(figureText('0.08', '占缴费基数')).toBe('8%')
    expect(figureText('12577.00', '元/月')).toBe('12,577.00')
    expect(figureText('annual', '')).toBe('annual')
    expect(figureText('未确定', '年利率')).toBe('未确定')
  })
})

const row = (code: string, parent: string | null) => ({ code, name: code, level: 'city' as const, parent, path: code })

describe('the desk', () => {
  it('offers wordings that fit the node', () => {
    expect(passOpinions('受理')[0]).toContain('受理')
    expect(passOpinions('复核')[0]).toContain('复核')
    expect(passOpinions('初审').length).toBeGreaterThan(0)
  })

  it('makes a tree of organisations, strangers at the top', () => {
    const tree = treeOf([row('a', null), row('b', 'a'), row('c', 'b'), row('x', 'gone')])
    expect(tree.map((node) => node.id)).toEqual(['a', 'x'])
    expect(tree[0]?.children?.[0]?.children?.[0]?.id).toBe('c')
  })
})
