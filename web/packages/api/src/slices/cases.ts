// casework as the applicant and the officer see a case.

import type { Client } from '../client.ts'
import type { DerivationStep, FieldValue, Page, PageQuery } from './common.ts'
import type { RuleResult } from './drafts.ts'
import type { FieldDef } from './items.ts'

export type CaseState =
  | 'DRAFT'
  | 'SUBMITTED'
  | 'CORRECTION'
  | 'REJECTED'
  | 'ACCEPTED'
  | 'IN_REVIEW'
  | 'SUSPENDED'
  | 'DECIDED'
  | 'CLOSED'
  | 'WITHDRAWN'
  | 'TERMINATED'
  | 'ABANDONED'
  | 'REVERSED'

export type ClockLevel = 'normal' | 'blue' | 'yellow' | 'red'

export interface CaseClock {
  used_days: number
  /** None when the item promises nothing. */
  limit_days: number | null
  running: boolean
  level: ClockLevel
  level_name?: string
}

export interface CaseRow {
  case_no: string
  item_code: string
  item_name: string
  state: CaseState
  state_name: string
  applicant_name: string
  submitted_at: string
  promised_due?: string | null
  clock?: CaseClock | null
  current_node?: string | null
  can: string[]
}

export interface CaseField extends Partial<FieldDef> {
  key: string
  label: string
  type: FieldDef['type']
  value: FieldValue
  /** Text for reading, when the server has already put codes into words. */
  text?: string | null
  origin?: 'typed' | 'prefilled' | 'corrected'
  prefilled_value?: FieldValue
}

export interface CaseSection {
  title: string
  fields: CaseField[]
}

export interface CaseFile {
  id: string
  name: string
  size: number
  media_type?: string
  url?: string
}

export interface CaseMaterial {
  code: string
  name: string
  required?: boolean
  source: string
  source_name?: string
  files: CaseFile[]
  note?: string | null
}

export interface TimelineEntry {
  at: string
  node?: string | null
  action: string
  action_name: string
  actor_name: string
  organisation?: string | null
  opinion?: string | null
}

export interface ProgressNode {
  node: string
  name: string
  status: 'done' | 'current' | 'waiting' | 'skipped'
  at?: string | null
}

export interface CaseDocument {
  id: string
  name: string
  number?: string | null
  verify_code?: string | null
  url: string
  issued_at?: string | null
}

export interface AllowedAction {
  action: string
  name: string
  opinion_required: boolean
}

/** An open task of the case; for officers only. */
export interface CaseTask {
  id: string
  node_name: string
  state: 'OPEN' | 'CLAIMED' | 'WAITING'
  claimed_by?: string | null
  offered_to?: string | null
  /** What the reader may do now; empty unless the task is in the reader's hand. */
  actions: AllowedAction[]
  /** Why the reader may do nothing. */
  blocked_reason?: string | null
  due?: string | null
}

export interface CaseDetail extends CaseRow {
  item_version?: number
  form: CaseSection[]
  materials: CaseMaterial[]
  timeline: TimelineEntry[]
  progress: ProgressNode[]
  rules: RuleResult[]
  derivation: DerivationStep[]
  computed: Record<string, unknown>
  documents: CaseDocument[]
  correction?: { items: string[]; deadline?: string | null; asked_by?: string | null } | null
  /** 1 is best, 5 is worst (GB/T 39046 A.8). */
  rating?: { score: number; comment?: string | null; rated_at?: string } | null
  tasks?: CaseTask[]
  outcome?: string | null
  statutory_due?: string | null
}

export interface CaseQuery extends PageQuery {
  state?: string
  query?: string
}

export const casesApi = (client: Client) => ({
  mine: (query: CaseQuery = {}) => client.get<Page<CaseRow>>('/cases', { query }),
  get: (no: string) => client.get<CaseDetail>(`/cases/${encodeURIComponent(no)}`),
  withdraw: (no: string, reason: string, action_id: string) => client.post<void>(`/cases/${encodeURIComponent(no)}/withdrawal`, { reason, action_id }),
  correct: (no: string, fields: Record<string, FieldValue>, note: string | undefined, action_id: string) =>
    client.post<void>(`/cases/${encodeURIComponent(no)}/correction`, { fields, note, action_id }),
  rate: (no: string, score: number, comment: string | undefined) => client.post<void>(`/cases/${encodeURIComponent(no)}/rating`, { score, comment }),
  fileUrl: (no: string, file: string) => client.url(`/cases/${encodeURIComponent(no)}/files/${file}`),
})
