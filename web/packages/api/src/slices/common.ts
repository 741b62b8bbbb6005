// Shapes that every slice shares.

export interface Page<T> {
  rows: T[]
  total: number
  page: number
  size: number
}

export interface PageQuery {
  page?: number
  size?: number
}

/** A value of a form field as JSON carries it: money is integer fen, months "yyyy-MM", dates "yyyy-MM-dd". */
export type FieldValue = string | number | boolean | string[] | null

export interface FieldFault {
  field: string
  message: string
}

/** One step of a derivation: the same text for citizen, officer and auditor. */
export interface DerivationStep {
  name: string
  formula?: string
  /** The formula with the figures put in. */
  expression?: string
  inputs?: DerivationInput[]
  result: string
  unit?: string
  rounding?: string
  basis?: string
  note?: string
  /** Steps this one rests on. */
  steps?: DerivationStep[]
}

export interface DerivationInput {
  name: string
  value: string
  unit?: string
  source?: string
  /** Parameter row this value came from. */
  parameter?: { key: string; doc_no?: string | null; from?: string | null; to?: string | null; status?: string | null } | null
}
