// policy: dated parameters and the public calculators.

import type { Client } from '../client.ts'
import type { DerivationStep, Page, PageQuery } from './common.ts'

export interface ParameterRow {
  id?: string
  key: string
  name: string
  region: string
  value: string
  unit?: string | null
  from: string
  to?: string | null
  doc_no?: string | null
  doc_expiry?: string | null
  basis?: string | null
  status: string
}

export interface NewParameter {
  key: string
  region: string
  value: string
  from: string
  doc_no?: string
  doc_expiry?: string
  basis?: string
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
  transitional: Record<string, unknown> | null
}

export interface PensionAnswer {
  basic_fen: number
  account_fen: number
  transitional_fen: number
  total_fen: number
  derivation: DerivationStep[]
}

export const policyApi = (client: Client) => ({
  parameters: (query: PageQuery & { query?: string } = {}) => client.get<Page<ParameterRow>>('/parameters', { query }),
  history: (key: string) => client.get<ParameterRow[] | Page<ParameterRow>>(`/parameters/${encodeURIComponent(key)}`),
  add: (row: NewParameter) => client.post<ParameterRow>('/parameters', row),
  approve: (id: string) => client.post<void>(`/parameters/${encodeURIComponent(id)}/approval`),
  retirement: (birth: string, category: RetireCategory) => client.post<RetirementAnswer>('/policy/retirement', { birth, category }),
  pension: (question: PensionQuestion) => client.post<PensionAnswer>('/policy/pension', question),
})
