// document and archive: result papers, their public verification, filed records.

import type { Client } from '../client.ts'
import type { Page, PageQuery } from './common.ts'

export interface Verification {
  /** Whether the document exists and stands today. */
  valid: boolean
  outcome: 'genuine' | 'expired' | 'void' | 'unknown'
  message: string
  document_name?: string | null
  number?: string | null
  issuer?: string | null
  issued_at?: string | null
  valid_until?: string | null
  holder?: string | null
  facts: { name?: string; label?: string; value: string }[]
  sm3?: string | null
}

export interface ArchiveRow {
  id?: string
  archive_no: string
  case_no?: string | null
  title: string
  category: string
  link?: string | null
  retention: string
  retention_name?: string
  subject_name?: string | null
  filed_at: string
  pages?: number | null
}

export const documentsApi = (client: Client) => ({
  url: (id: string) => client.url(`/documents/${encodeURIComponent(id)}`),
  verify: (code: string) => client.get<Verification>(`/verification/${encodeURIComponent(code)}`),
  archives: (query: PageQuery & { query?: string }) => client.get<Page<ArchiveRow>>('/archives', { query }),
})
