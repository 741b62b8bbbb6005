// Answers as text for reading: check-answers pages, case pages, the difference between typed and recorded values.

import { type FieldDef, type FieldValue, dateText, groupAccount, monthText, yuanText } from '@renshe/api'
import { isEmpty } from './validate.ts'

export function displayValue(field: Pick<FieldDef, 'type' | 'options' | 'unit'>, value: FieldValue | undefined): string {
  if (isEmpty(value)) return '—'
  const names = (codes: string[]): string => codes.map((code) => field.options?.find((o) => o.code === code)?.name ?? code).join('、')
  if (Array.isArray(value)) return names(value)
  const text = String(value)
  switch (field.type) {
    case 'money':
      return typeof value === 'number' ? yuanText(value) : text
    case 'bool':
      return value === true || text === 'true' ? '是' : '否'
    case 'choice':
    case 'code':
    case 'multi_choice':
      return names([text])
    case 'month':
      return text.includes('*') ? text : monthText(text) === '—' ? text : monthText(text)
    case 'date':
      return dateText(text) === '—' ? text : dateText(text)
    case 'bank_account':
      return text.includes('*') ? text : groupAccount(text)
    default:
      return field.unit ? `${text} ${field.unit}` : text
  }
}

export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part) => b.includes(part))
  return a === b
}
