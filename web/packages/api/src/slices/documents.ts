// document and archive: result papers, their public verification, filed records.

import type { Client } from '../client.ts'
import type { Page, PageQuery } from './common.ts'

export interface Verification {
  /** Whether the document exists and stands today. */
  valid: boolean
  outcome: 'genuine' | 'expired' | 'void' | 'unknown'
  /** One Chinese sentence on how it stands. */
  reason: string
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
  id: string
  archive_no: string
  case_no: string
  item_code?: string
  title: string
  category: string
  link: string
  retention: string
  retention_name: string
  subject_kind?: string
  subject_name: string
  closed_on: string
  keep_until?: string | null
  /** Whether all four checks passed (真实、完整、可用、安全). */
  complete: boolean
  filed_at: string
}

export interface ArchiveDetail extends ArchiveRow {
  components: { seq: number; kind: string; name: string; sm3?: string | null; size?: number | null; reference?: string | null }[]
  checks: { check: string; name: string; passed: boolean; detail: string }[]
}

export const documentsApi = (client: Client) => ({
  url: (id: string) => client.url(`/documents/${encodeURIComponent(id)}`),
  verify: (code: string) => client.get<Verification>(`/verification/${encodeURIComponent(code)}`),
  archives: (query: PageQuery & { query?: string }) => client.get<Page<ArchiveRow>>('/archives', { query }),
  archive: (id: string) => client.get<ArchiveDetail>(`/archives/${id}`),
})
