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

export type ClockLevel = 'normal' | 'blue' | 'yellow' | 'red'

export interface CaseClock {
  used_days: number
  limit_days: number
  running: boolean
  level: ClockLevel
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
  opinion_required?: boolean
}

/** The viewer's own open task on the case, when there is one. */
export interface CaseTask {
  id: string
  node: string
  node_name: string
  state: 'open' | 'offered' | 'claimed' | 'done' | string
  claimed_by?: string | null
  claimed_by_me?: boolean
  due_at?: string | null
  actions: (AllowedAction | string)[]
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
  correction?: { items: string[]; deadline?: string | null; fields?: string[] } | null
  rating?: { score: number; comment?: string | null; at?: string } | null
  task?: CaseTask | null
  organisation?: string | null
  channel?: string | null
}

export interface CaseQuery extends PageQuery {
  state?: string
  query?: string
}

export const casesApi = (client: Client) => ({
  mine: (query: CaseQuery = {}) => client.get<Page<CaseRow>>('/cases', { query }),
  get: (no: string) => client.get<CaseDetail>(`/cases/${encodeURIComponent(no)}`),
  withdraw: (no: string, reason: string, action_id: string) => client.post<void>(`/cases/${encodeURIComponent(no)}/withdrawal`, { reason, action_id }),
  correct: (no: string, fields: Record<string, FieldValue>, action_id: string) =>
    client.post<void>(`/cases/${encodeURIComponent(no)}/correction`, { fields, action_id }),
  rate: (no: string, score: number, comment: string | undefined, action_id: string) =>
    client.post<void>(`/cases/${encodeURIComponent(no)}/rating`, { score, comment, action_id }),
})
