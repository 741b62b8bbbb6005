// Names of organisations, asked once.
import { type Organisation, api } from '@renshe/api'
import { computed, shallowRef } from 'vue'

export const organisations = shallowRef<Organisation[]>([])
let asked: Promise<void> | undefined

export function loadOrganisations(): Promise<void> {
  asked ??= api.access
    .organisations()
    .then((found) => void (organisations.value = found))
    .catch(() => {
      asked = undefined
    })
  return asked
}

const byCode = computed(() => new Map(organisations.value.map((one) => [one.code, one.name])))

/** Name of an organisation given its code or its path. */
export function organisationName(codeOrPath: string | null | undefined): string {
  if (!codeOrPath) return ''
  const code = codeOrPath.split('/').at(-1) ?? codeOrPath
  return byCode.value.get(code) ?? code
}

export const LEVEL: Record<Organisation['level'], string> = { city: '市级', district: '区级', community: '街镇' }
