// casework and dispatch for staff: the work queue and what can be done with a task.

import type { Client } from '../client.ts'
import type { ClockLevel } from './cases.ts'
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
  item_code?: string
  item_name: string
  node: string
  node_name: string
  applicant_name: string
  organisation?: string | null
  state: string
  offered_to?: string | null
  claimed_by?: string | null
  created_at: string
  due_at?: string | null
  clock_level?: ClockLevel
  level?: ClockLevel
  clock?: { level: ClockLevel } | null
  priority: number
  finished_at?: string | null
  action_name?: string | null
}

export interface TaskSummary {
  todo: number
  claimed: number
  done_today: number
  yellow: number
  red: number
}

export interface TaskQuery extends PageQuery {
  view?: TaskView
  query?: string
  item?: string
  level?: ClockLevel | ''
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
  score: number | null
  reasons: string[]
  excluded?: string | null
}

export interface DispatchReport {
  candidates: DispatchCandidate[]
  chosen?: string | null
  rule: string
}

export interface HandoverPreview {
  user: string
  tasks: TaskRow[] | number
  total?: number
}

export const tasksApi = (client: Client) => ({
  list: (query: TaskQuery) => client.get<Page<TaskRow>>('/tasks', { query }),
  summary: () => client.get<TaskSummary>('/tasks/summary'),
  claim: (id: string) => client.post<void>(`/tasks/${id}/claim`),
  release: (id: string) => client.post<void>(`/tasks/${id}/release`),
  act: (id: string, decision: TaskDecision) => client.post<TaskOutcome>(`/tasks/${id}/actions`, decision, { timeout: 60_000 }),
  dispatch: (id: string) => client.get<DispatchReport>(`/tasks/${id}/dispatch`),
  handoverPreview: (user: string) => client.get<HandoverPreview>('/handover', { query: { user } }),
  handover: (from_user: string, to_user?: string) => client.post<{ moved: number }>('/handover', { from_user, to_user }, { timeout: 60_000 }),
})

/** The clock level of a row whichever way the server spells it. */
export function levelOf(row: Pick<TaskRow, 'clock_level' | 'level' | 'clock'>): ClockLevel {
  return row.clock_level ?? row.level ?? row.clock?.level ?? 'normal'
}
