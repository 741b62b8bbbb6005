// item: service items, their forms and guides.

import type { Client } from '../client.ts'
import type { FieldValue, Page, PageQuery } from './common.ts'

export type Audience = 'person' | 'employer'
export type ItemKind = 'instant' | 'promised' | 'batch'
export type ItemStatus = 'draft' | 'published' | 'suspended' | 'cancelled'

export interface ItemRow {
  code: string
  name: string
  short_name?: string | null
  domain: string
  module: string
  kind: ItemKind
  audience: Audience[]
  promised_text: string
  statutory_text?: string | null
  visits: number
  summary: string
  online: boolean
  status: ItemStatus
  suspended_reason?: string | null
}

export type FieldType =
  | 'text'
  | 'textarea'
  | 'integer'
  | 'money'
  | 'decimal'
  | 'date'
  | 'month'
  | 'bool'
  | 'choice'
  | 'multi_choice'
  | 'id_number'
  | 'uscc'
  | 'mobile'
  | 'bank_account'
  | 'code'
  | 'file'
  | 'note'

export interface Option {
  code: string
  name: string
  parent?: string | null
}

/** When a field is asked at all: another field holds one of these values. */
export interface ShowWhen {
  field: string
  in: FieldValue[]
}

export interface FieldDef {
  key: string
  label: string
  type: FieldType
  required?: boolean
  readonly?: boolean
  sensitive?: boolean
  hint?: string | null
  placeholder?: string | null
  unit?: string | null
  max_length?: number | null
  min_length?: number | null
  min?: number | string | null
  max?: number | string | null
  scale?: number | null
  pattern?: string | null
  options?: Option[] | null
  /** Name of the code set behind a `code` field; `options` then holds its entries. */
  code_set?: string | null
  default?: FieldValue
  show_when?: ShowWhen | null
  /** A declaration that has to be ticked. */
  must_be_true?: boolean
  /** Text of a `note`. */
  text?: string | null
  accept?: string[] | null
  max_mb?: number | null
}

export interface FormSection {
  title: string
  note?: string | null
  fields: FieldDef[]
}

export type MaterialSource = 'upload' | 'licence' | 'kept' | 'generated'

export interface MaterialDef {
  code: string
  name: string
  required: boolean
  source: MaterialSource
  note?: string | null
  accept?: string[] | null
  max_mb?: number | null
  show_when?: ShowWhen | null
}

export interface LimitDef {
  days: number
  unit: 'working' | 'calendar' | 'month' | 'hour'
  basis?: string | null
}

export interface ItemNode {
  id: string
  name: string
  role?: string | null
  role_name?: string | null
  share_text?: string | null
}

export interface ItemDetail extends ItemRow {
  conditions: string[]
  basis: { law: string; article?: string | null }[]
  limits: Partial<Record<'reception' | 'statutory' | 'promised' | 'correction', LimitDef | null>>
  form: FormSection[]
  materials: MaterialDef[]
  nodes: ItemNode[]
  rules?: { code: string; name: string; severity: string; when?: string[]; advice?: string | null }[]
  result_name?: string | null
  process_id: string
  version: number
  channels?: string[]
}

export interface ItemQuery extends PageQuery {
  query?: string
  audience?: Audience | ''
  domain?: string
}

export const itemsApi = (client: Client) => ({
  list: (query: ItemQuery = {}) => client.get<Page<ItemRow>>('/items', { query }),
  get: (code: string) => client.get<ItemDetail>(`/items/${encodeURIComponent(code)}`),
  setStatus: (code: string, status: 'published' | 'suspended', reason: string) => client.put<void>(`/items/${encodeURIComponent(code)}/status`, { status, reason }),
})
