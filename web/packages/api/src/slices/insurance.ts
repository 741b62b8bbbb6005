// enrolment, contribution and benefit as the insured person and the employer see them.

import type { Client } from '../client.ts'
import type { DerivationStep, Page, PageQuery } from './common.ts'

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
  contributed_fen: number
  interest_fen: number
  balance_fen: number
}

export interface MyAccount {
  balance_fen: number
  years: AccountYear[]
}

export interface PensionAward {
  award_no?: string
  start_month: string
  basic_fen: number
  account_fen: number
  transitional_fen: number
  total_fen: number
  status?: string
  status_name?: string
  derivation: DerivationStep[]
}

export interface MyPension {
  award?: PensionAward | null
  payments: { month: string; amount_fen: number; status: string; status_name?: string; paid_at?: string | null }[]
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
  pension: () => client.get<MyPension>('/me/pension'),
  staff: (query: PageQuery & { query?: string }) => client.get<Page<StaffRow>>('/employer/staff', { query }),
  batch: (caseNo: string) => client.get<BatchReport>(`/employer/batches/${encodeURIComponent(caseNo)}`),
  templateUrl: () => client.url('/employer/batches/template'),
  resultUrl: (caseNo: string) => client.url(`/employer/batches/${encodeURIComponent(caseNo)}/result`),
})
