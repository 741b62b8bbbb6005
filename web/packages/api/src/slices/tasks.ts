// casework and dispatch for staff: the work queue and what can be done with a task.

import type { Client } from '../client.ts'
import type { CaseClock } from './cases.ts'
import type { Page, PageQuery } from './common.ts'

export type TaskView = 'todo' | 'claimed' | 'done'

export type TaskAction =
  | 'pass'
  | 'send_back'
  | 'correct'
  | 'refuse'
  | 'reject'
  | 'escalate'
  | 'suspend'
  | 'resume'
  | 'terminate'
  | 'transfer'
  | 'add_sign'

export interface TaskRow {
  id: string
  case_no: string
  item_code: string
  item_name: string
  node_name: string
  applicant_name: string
  org_path: string
  state: 'OPEN' | 'CLAIMED' | 'WAITING' | 'DONE'
  offered_to?: string | null
  claimed_by?: string | null
  created_at: string
  /** Day by which the node's share of the promise ends. */
  due_at?: string | null
  clock: CaseClock
  case_state: string
  case_state_name: string
}

export interface TaskSummary {
  todo: number
  claimed: number
  done_today: number
  yellow: number
  red: number
  /** Tasks nobody is entitled to. */
  undispatchable?: number
}

export interface TaskQuery extends PageQuery {
  view?: TaskView
  query?: string
  item?: string
}

export interface TaskDecision {
  action_id: string
  action: TaskAction
  opinion?: string
  correction_items?: string[]
  to_user?: string
}

export interface TaskOutcome {
  case_no: string
  state: string
  state_name?: string
  next?: string | null
}

export interface DispatchCandidate {
  user: string
  name: string
  open_tasks?: number | null
  excluded?: string | null
}

export interface DispatchReport {
  rule: string
  rule_name: string
  chosen?: string | null
  candidates: DispatchCandidate[]
}

export interface Colleague {
  user: string
  name: string
}

export interface Handover {
  moved: number
  /** Tasks nobody else may take; they go to the pool with an alarm. */
  undispatchable: number
  tasks: { id: string; case_no: string; node_name: string; to_user?: string | null }[]
}

/** Somebody whose work can be handed over, those who left included. */
export interface Officer {
  user: string
  name: string
  organisation_name: string
  active: boolean
  open_tasks: number
}

export const tasksApi = (client: Client) => ({
  list: (query: TaskQuery) => client.get<Page<TaskRow>>('/tasks', { query }),
  summary: () => client.get<TaskSummary>('/tasks/summary'),
  claim: (id: string) => client.post<void>(`/tasks/${id}/claim`),
  release: (id: string) => client.post<void>(`/tasks/${id}/release`),
  act: (id: string, decision: TaskDecision) => client.post<TaskOutcome>(`/tasks/${id}/actions`, decision, { timeout: 60_000 }),
  /** Officers a task could be handed to. */
  colleagues: (id: string) => client.get<Colleague[]>(`/tasks/${id}/colleagues`),
  dispatch: (id: string) => client.get<DispatchReport>(`/tasks/${id}/dispatch`),
  officers: (query: PageQuery & { query?: string }) => client.get<Page<Officer>>('/handover/officers', { query }),
  handoverPreview: (user: string) => client.get<Handover>('/handover', { query: { user } }),
  handover: (from_user: string, to_user?: string) => client.post<Handover>('/handover', { from_user, to_user }, { timeout: 60_000 }),
})
