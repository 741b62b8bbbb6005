// intake: drafts that survive everything, and their submission.

import type { Client } from '../client.ts'
import type { FieldFault, FieldValue } from './common.ts'
import type { MaterialDef, MaterialSource } from './items.ts'

export type Origin = 'typed' | 'prefilled' | 'corrected'

export interface DraftField {
  value: FieldValue
  origin: Origin
  /** What the bureau's records say, when it differs from what was typed. */
  prefilled_value?: FieldValue
}

export interface MaterialFile {
  id: string
  name: string
  size: number
  sm3?: string
  media_type?: string
}

export interface DraftMaterial {
  code: string
  name: string
  required: boolean
  source: MaterialSource
  files: MaterialFile[]
  note?: string | null
  accept?: MaterialDef['accept']
  max_mb?: MaterialDef['max_mb']
  show_when?: MaterialDef['show_when']
}

export interface Draft {
  id: string
  item_code: string
  item_version: number
  item_name: string
  fields: Record<string, DraftField>
  materials: DraftMaterial[]
  updated_at: string
  version: number
}

export interface DraftRow {
  id: string
  item_code: string
  item_name: string
  updated_at: string
  filled?: number
  total?: number
}

export interface SaveResult {
  /** All fields after the save; saving a person number fills others in. */
  fields: Record<string, DraftField>
  faults: FieldFault[]
  version: number
  updated_at?: string
}

export type Severity = 'block' | 'warn' | 'escalate' | 'spot'

export interface RuleResult {
  code: string
  name: string
  severity: Severity
  passed: boolean
  detail?: string | null
  advice?: string | null
}

export interface CheckResult {
  faults: FieldFault[]
  rules: RuleResult[]
}

export interface Receipt {
  case_no: string
  item_code?: string
  item_name: string
  submitted_at: string
  promised_due?: string | null
  state: string
  state_name?: string
}

export const draftsApi = (client: Client) => ({
  create: (item_code: string) => client.post<Draft>('/drafts', { item_code }),
  list: () => client.get<DraftRow[]>('/drafts'),
  get: (id: string) => client.get<Draft>(`/drafts/${id}`),
  save: (id: string, fields: Record<string, FieldValue>, keepalive = false) => client.patch<SaveResult>(`/drafts/${id}`, { fields }, { keepalive, timeout: 15_000 }),
  prefill: (id: string) => client.post<Draft>(`/drafts/${id}/prefill`),
  check: (id: string) => client.post<CheckResult>(`/drafts/${id}/check`),
  upload: (id: string, code: string, file: File, onProgress?: (share: number) => void, signal?: AbortSignal) =>
    client.upload<MaterialFile>(`/drafts/${id}/materials/${encodeURIComponent(code)}`, file, onProgress, signal),
  removeFile: (id: string, code: string, fileId: string) => client.delete(`/drafts/${id}/materials/${encodeURIComponent(code)}/${fileId}`),
  discard: (id: string) => client.delete(`/drafts/${id}`),
  submit: (id: string) => client.post<Receipt>(`/drafts/${id}/submission`, undefined, { timeout: 60_000 }),
  /** One call from form to receipt, for instant items. */
  apply: (item_code: string, form: Record<string, FieldValue>, idempotencyKey: string) =>
    client.post<Receipt>('/applications', { item_code, form }, { idempotencyKey, timeout: 60_000 }),
})
