// policy: dated parameters and the public calculators.

import type { Client } from '../client.ts'
import type { DerivationStep, Page, PageQuery } from './common.ts'

export interface HistoryRow {
  region: string
  /** Value as text: decimals, yuan, months, a choice, or the rows of a table. */
  value: string
  unit?: string | null
  from: string
  to?: string | null
  doc_no?: string | null
  doc_expiry?: string | null
  basis?: string | null
  /** Unconfirmed values carry no automatic decision. */
  status: 'confirmed' | 'unconfirmed'
  note?: string | null
  origin?: 'shipped' | 'desk'
}

export interface ParameterRow extends HistoryRow {
  key: string
  name: string
}

/** A later-dated value that one person entered and another releases or rejects. */
export interface ProposalRow {
  id: string
  key: string
  region: string
  from: string
  to?: string | null
  value: unknown
  doc_no: string
  doc_expiry?: string | null
  basis: string
  note?: string | null
  status: 'proposed' | 'released' | 'rejected' | string
  proposed_by: string
  proposed_at: string
  decided_by?: string | null
  decided_at?: string | null
  opinion?: string | null
}

export interface ParameterHistory {
  key: string
  name: string
  unit: string
  /** Why holes between windows are accepted. */
  gaps?: string | null
  rows: HistoryRow[]
  proposals: ProposalRow[]
}

export interface NewParameter {
  key: string
  region: string
  value: unknown
  from: string
  to?: string
  doc_no: string
  doc_expiry?: string
  basis: string
  note?: string
}

export type RetireCategory = 'M60' | 'F55' | 'F50'

export interface RetirementAnswer {
  statutory_month: string
  age: { years: number; months: number }
  delay_months: number
  min_contribution_months: number
  earliest_month?: string
  latest_month?: string
  derivation?: DerivationStep[]
}

export interface PensionQuestion {
  region: string
  retire_month: string
  age_months: number
  average_index: string
  service_months: number
  account_balance_fen: number
  transitional: { deemed_years_to_1992: string; virtual_account_total_fen: number } | null
}

export interface PensionAnswer {
  basic_fen: number
  account_fen: number
  transitional_fen: number
  total_fen: number
  derivation: DerivationStep[]
}

export interface ParameterQuery extends PageQuery {
  query?: string
  on?: string
  status?: 'confirmed' | 'unconfirmed' | ''
}

export const policyApi = (client: Client) => ({
  parameters: (query: ParameterQuery = {}) => client.get<Page<ParameterRow>>('/parameters', { query }),
  expiring: () => client.get<ParameterRow[]>('/parameters/expiring'),
  history: (key: string) => client.get<ParameterHistory>(`/parameters/${encodeURIComponent(key)}`),
  proposals: () => client.get<ProposalRow[]>('/parameters/proposals'),
  propose: (row: NewParameter) => client.post<{ id: string; status: string }>('/parameters', row),
  release: (id: string, opinion?: string) => client.post<void>(`/parameters/proposals/${id}/release`, { opinion }),
  reject: (id: string, opinion: string) => client.post<void>(`/parameters/proposals/${id}/rejection`, { opinion }),
  retirement: (birth: string, category: RetireCategory) => client.post<RetirementAnswer>('/policy/retirement', { birth, category }),
  pension: (question: PensionQuestion) => client.post<PensionAnswer>('/policy/pension', question),
})
