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

export interface Quantity {
  name?: string
  value: string
  unit: string
}

/** A parameter row as it was used. */
export interface ParameterUse {
  key: string
  name: string
  value: string
  unit: string
  from: string
  doc_no?: string | null
  basis?: string | null
  status?: string | null
}

/** One step of a derivation: the same text for citizen, officer and auditor. */
export interface DerivationStep {
  label: string
  formula: string
  inputs: Quantity[]
  parameters: ParameterUse[]
  rounding?: string | null
  result: Quantity
  law?: string | null
}
