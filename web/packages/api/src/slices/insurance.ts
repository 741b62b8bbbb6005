// enrolment, contribution and benefit as the insured person and the employer see them.

import type { Client } from '../client.ts'
import type { Page, PageQuery } from './common.ts'

export interface EnrolmentRow {
  insurance: string
  insurance_name: string
  employer_name?: string | null
  from: string
  to?: string | null
  status: string
  status_name?: string
}

export interface MyInsurance {
  person: { name: string; id_no: string; person_no?: string }
  enrolments: EnrolmentRow[]
  months_total: number
}

export interface ContributionRow {
  month: string
  insurance: string
  insurance_name: string
  base_fen: number
  personal_fen: number
  employer_fen: number
  employer_name?: string | null
  status: string
  status_name?: string
}

export interface AccountYear {
  year: number
  /** Brought in from an older system. */
  carried_fen?: number
  contributed_fen: number
  interest_fen: number
  /** Pensions paid from the account. */
  paid_fen?: number
  balance_fen: number
}

export interface MyAccount {
  balance_fen: number
  years: AccountYear[]
}

export interface PensionAward {
  /** Case that decided it; the derivation stands there. */
  case_no: string
  retire_month: string
  start_month: string
  basic_fen: number
  account_fen: number
  transitional_fen: number
  total_fen: number
  /** 预核定. */
  provisional: boolean
  payee_account: string
  awarded_at: string
}

export interface PensionPayment {
  month: string
  amount_fen: number
  kind: 'regular' | 'arrears' | 'difference' | string
  status: string
  paid_at?: string | null
}

export interface MyPension {
  award?: PensionAward | null
  payments: PensionPayment[]
  payments_total?: number
}

export interface LevyReport {
  id: string
  month: string
  done: boolean
  accept_unconfirmed?: string | null
  started_at: string
  finished_at?: string | null
  employers: number
  open: number
  failed: number
  lines_added: number
  amount_fen: number
  lines_withheld: number
}

export interface WithheldLine {
  employer_no: string
  person_no: string
  insurance: string
  code: string
  reason: string
}

export interface PaymentRun {
  month: string
  parts_done: number
  payments: number
  amount_fen: number
}

export interface StaffRow {
  person_no: string
  name: string
  id_no: string
  from: string
  insurances: string[]
  wage_fen: number
  status: string
  status_name?: string
}

export interface BatchFailure {
  row: number
  column?: string | null
  column_name?: string | null
  value?: string | null
  code: string
  reason: string
  hint?: string | null
}

export interface BatchReport {
  case_no?: string
  state?: string
  rows_total: number
  ok: number
  failed: number
  failures: BatchFailure[]
}

export const insuranceApi = (client: Client) => ({
  mine: () => client.get<MyInsurance>('/me/insurance'),
  contributions: (query: PageQuery & { from?: string; to?: string; insurance?: string }) => client.get<Page<ContributionRow>>('/me/contributions', { query }),
  account: () => client.get<MyAccount>('/me/account'),
  pension: (query: PageQuery = {}) => client.get<MyPension>('/me/pension', { query }),
  personContributions: (person: string, query: PageQuery & { from?: string; to?: string } = {}) => client.get<Page<ContributionRow>>(`/people/${encodeURIComponent(person)}/contributions`, { query }),
  personPension: (person: string, query: PageQuery = {}) => client.get<MyPension>(`/people/${encodeURIComponent(person)}/pension`, { query }),
  levyRuns: (query: PageQuery = {}) => client.get<Page<LevyReport>>('/levy_runs', { query }),
  startLevy: (month: string, accept_unconfirmed?: string) => client.post<void>('/levy_runs', { month, ...(accept_unconfirmed ? { accept_unconfirmed } : {}) }),
  withheld: (run: string, query: PageQuery = {}) => client.get<Page<WithheldLine>>(`/levy_runs/${run}/withheld`, { query }),
  payMonth: (month: string) => client.post<PaymentRun>('/benefit/payment_runs', { month }, { timeout: 300_000 }),
  staff: (query: PageQuery & { query?: string }) => client.get<Page<StaffRow>>('/employer/staff', { query }),
  batch: (caseNo: string) => client.get<BatchReport>(`/employer/batches/${encodeURIComponent(caseNo)}`),
  templateUrl: () => client.url('/employer/batches/template'),
  resultUrl: (caseNo: string) => client.url(`/employer/batches/${encodeURIComponent(caseNo)}/result`),
})
