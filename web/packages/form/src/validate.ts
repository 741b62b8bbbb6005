// What a form asks, given what was answered so far, and what is wrong with the answers.

import { type FieldDef, type FieldFault, type FieldValue, type FormSection, type ShowWhen, addMonths, dayOf, yuan } from '@renshe/api'
import { bankAccountFault, dateFault, idNumberFault, mobileFault, monthFault, usccFault } from './checks.ts'

export type Values = Record<string, FieldValue>

export function isEmpty(value: FieldValue | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Whether a field is asked. A field that depends on one that is itself not asked is not asked either. */
export function isVisible(field: FieldDef, values: Values, all: FieldDef[]): boolean {
  return visible(field, values, all, new Set())
}

function visible(field: FieldDef, values: Values, all: FieldDef[], seen: Set<string>): boolean {
  const when = field.show_when
  if (!when || seen.has(field.key)) return true
  seen.add(field.key)
  const parent = all.find((other) => other.key === when.field)
  if (parent && !visible(parent, values, all, seen)) return false
  return applies(when, values)
}

/** Whether a condition on another field holds. */
export function applies(when: ShowWhen | null | undefined, values: Values): boolean {
  if (!when) return true
  const value = values[when.field] ?? null
  if (Array.isArray(value)) return value.some((part) => when.in.includes(part))
  return when.in.some((wanted) => wanted === value || (isEmpty(value) && wanted === null))
}

export function fieldsOf(sections: FormSection[]): FieldDef[] {
  return sections.flatMap((section) => section.fields)
}

/** Whether a section has any field to show. */
export function sectionVisible(section: FormSection, values: Values, all: FieldDef[]): boolean {
  return section.fields.some((field) => isVisible(field, values, all))
}

/** What is wrong with one answer, in Chinese, or null. */
export function faultOf(field: FieldDef, value: FieldValue | undefined, today?: string): string | null {
  if (field.type === 'note' || field.type === 'file') return null
  if (field.must_be_true && !field.readonly) return value === true ? null : `请阅读并勾选“${field.label}”`
  if (isEmpty(value)) return field.required && !field.readonly ? emptyText(field) : null
  // A read-only value comes from the bureau's records and may be masked: not the applicant's to mend.
  if (field.readonly) return null
  if (Array.isArray(value)) return optionFault(field, value)
  return typeFault(field, value as string | number | boolean, today)
}

function emptyText(field: FieldDef): string {
  const verb = ['choice', 'multi_choice', 'code', 'date', 'month', 'bool'].includes(field.type) ? '请选择' : '请填写'
  return `${verb}${field.label}`
}

function typeFault(field: FieldDef, value: string | number | boolean, today?: string): string | null {
  const text = String(value)
  switch (field.type) {
    case 'id_number':
      return idNumberFault(text, today)
    case 'uscc':
      return usccFault(text)
    case 'mobile':
      return mobileFault(text)
    case 'bank_account':
      return bankAccountFault(text)
    case 'month':
      return monthFault(text) ?? rangeFault(field, text, today)
    case 'date':
      return dateFault(text) ?? rangeFault(field, text, today)
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? numberFault(field, Number(text)) : `${field.label}应为整数`
    case 'decimal':
      return decimalFault(field, text)
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value) ? moneyFault(field, value) : `${field.label}应为金额，最多两位小数，例如 8146.60`
    case 'choice':
    case 'code':
      return optionFault(field, [text])
    case 'text':
    case 'textarea':
      return textFault(field, text)
    default:
      return null
  }
}

function textFault(field: FieldDef, text: string): string | null {
  const length = [...text].length
  if (field.max_length && length > field.max_length) return `${field.label}不能超过${field.max_length}个字，现有${length}个字`
  if (field.min_length && length < field.min_length) return `${field.label}至少${field.min_length}个字`
  if (field.pattern && !safePattern(field.pattern).test(text)) return `${field.label}格式不正确，请核对`
  return null
}

function safePattern(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    return /^/
  }
}

function decimalFault(field: FieldDef, text: string): string | null {
  const scale = field.scale ?? 6
  if (!/^-?\d{1,12}(\.\d+)?$/.test(text)) return `${field.label}应为数字`
  if ((text.split('.')[1]?.length ?? 0) > scale) return `${field.label}最多保留${scale}位小数`
  return numberFault(field, Number(text))
}

function numberFault(field: FieldDef, value: number): string | null {
  const unit = field.unit ?? ''
  if (!isEmpty(field.min ?? null) && value < Number(field.min)) return `${field.label}不能小于${field.min}${unit}`
  if (!isEmpty(field.max ?? null) && value > Number(field.max)) return `${field.label}不能大于${field.max}${unit}`
  return null
}

/** Bounds of money fields are fen, like their values. */
function moneyFault(field: FieldDef, fen: number): string | null {
  if (!isEmpty(field.min ?? null) && fen < Number(field.min)) return `${field.label}不能小于${yuan(Number(field.min))}元`
  if (!isEmpty(field.max ?? null) && fen > Number(field.max)) return `${field.label}不能大于${yuan(Number(field.max))}元`
  return null
}

/** Months and dates compare as text. */
function rangeFault(field: FieldDef, text: string, today: string = dayOf(new Date())): string | null {
  const min = boundOf(field, field.min, today)
  const max = boundOf(field, field.max, today)
  if (min && text < min) return `${field.label}不能早于${min}`
  if (max && text > max) return `${field.label}不能晚于${max}`
  return null
}

/** A bound as a day or month; `today`, `today+30` and `today-1` count days for a date and months for a month. */
export function boundOf(field: Pick<FieldDef, 'type'>, bound: FieldDef['min'], today: string): string | null {
  if (typeof bound !== 'string') return null
  const match = /^today(?:([+-])(\d+))?$/.exec(bound)
  if (!match) return bound
  const by = Number(match[2] ?? 0) * (match[1] === '-' ? -1 : 1)
  if (field.type === 'month') return addMonths(today.slice(0, 7), by)
  return new Date(Date.parse(`${today}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
}

function optionFault(field: FieldDef, chosen: string[]): string | null {
  if (!field.options || field.options.length === 0) return null
  const known = new Set(field.options.map((option) => option.code))
  return chosen.every((code) => known.has(code)) ? null : `请从列表中选择${field.label}`
}

/** All faults of the asked fields, in form order. */
export function faultsOf(sections: FormSection[], values: Values, today?: string): FieldFault[] {
  const all = fieldsOf(sections)
  return all
    .filter((field) => isVisible(field, values, all))
    .map((field) => ({ field: field.key, message: faultOf(field, values[field.key], today) }))
    .filter((fault): fault is FieldFault => fault.message !== null)
}

/** How many of the required and asked fields have an answer. */
export function filled(sections: FormSection[], values: Values): { done: number; total: number } {
  const all = fieldsOf(sections)
  const asked = all.filter((field) => field.required && field.type !== 'note' && isVisible(field, values, all))
  return { done: asked.filter((field) => !isEmpty(values[field.key])).length, total: asked.length }
}
