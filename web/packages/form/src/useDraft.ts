// One draft on screen: values with their origin, live faults, materials, and the saver underneath.

import {
  type Draft,
  type DraftField,
  type DraftMaterial,
  type FieldDef,
  type FieldFault,
  type FieldValue,
  type ItemDetail,
  type MaterialFile,
  type Origin,
  api,
} from '@renshe/api'
import { type Ref, computed, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { sameValue } from './display.ts'
import { Saver, type SaveStatus, noteKey } from './saver.ts'
import { type Values, applies, faultOf, faultsOf, fieldsOf, filled, isVisible } from './validate.ts'

export interface FieldState {
  value: FieldValue
  origin: Origin
  prefilled: FieldValue | undefined
}

/** What field controls need; drafts, corrections and one-shot forms all provide it. */
export interface FormModel {
  values: Values
  faults: Record<string, string>
  /** The recorded value of a field, when it differs from what was typed. */
  differing: (key: string) => FieldValue | undefined
  origin: (key: string) => Origin | undefined
  change: (key: string, value: FieldValue) => void
  leave: (key: string) => void
  adopt: (key: string) => void
}

export function useDraft(draft: Draft, item: ItemDetail, user: string) {
  const states = reactive<Record<string, FieldState>>({})
  const faults = reactive<Record<string, string>>({})
  const handed = reactive<Record<string, MaterialFile[]>>({})
  const status: Ref<SaveStatus> = ref('clean')
  const savedAt: Ref<number | null> = ref(Date.parse(draft.updated_at) || null)
  const message = ref('')
  const all = fieldsOf(item.form)
  const byKey = new Map(all.map((field) => [field.key, field]))
  const touched = new Set<string>()
  const steering = new Set<FieldDef['type']>(['choice', 'multi_choice', 'code', 'bool', 'date', 'month', 'integer'])
  /** What the server last said of each field. */
  const said = new Map<string, string>()

  const values = computed<Values>(() => Object.fromEntries(Object.entries(states).map(([key, state]) => [key, state.value])))

  const saver = shallowRef(
    new Saver({
      send: (fields, last) => api.drafts.save(draft.id, fields, last),
      note: typeof localStorage === 'undefined' ? null : localStorage,
      noteKey: noteKey(user, draft.id),
      onChange: () => {
        status.value = saver.value.status
        message.value = saver.value.message
        if (saver.value.savedAt) savedAt.value = saver.value.savedAt
      },
      onSaved: (result, sent) => {
        absorb(result.fields)
        serverFaults(result.faults, Object.keys(sent))
        if (Object.keys(sent).some((key) => steering.has(byKey.get(key)?.type ?? 'text'))) refillSoon()
      },
    }),
  )

  const take = (found: DraftMaterial[]): void => {
    for (const material of found) handed[material.code] = material.files
  }
  take(draft.materials)
  /** Materials that apply to the answers so far, with their files. */
  const materials = computed<DraftMaterial[]>(() => item.materials.filter((material) => applies(material.show_when, values.value)).map((material) => ({ ...material, files: handed[material.code] ?? [] })))

  absorb(draft.fields)
  layOver(saver.value.unsent)
  status.value = saver.value.status
  if (saver.value.dirty) saver.value.wake()

  /** Takes the server's view of fields, except of those with a newer value waiting to be sent. */
  function absorb(fields: Record<string, DraftField>): void {
    const waiting = saver.value.unsent
    for (const [key, field] of Object.entries(fields)) {
      const state: FieldState = { value: field.value ?? null, origin: field.origin, prefilled: field.prefilled_value }
      if (key in waiting) state.value = waiting[key] ?? null
      states[key] = state
    }
    for (const field of all) states[field.key] ??= { value: field.default ?? null, origin: 'typed', prefilled: undefined }
  }

  function layOver(unsent: Record<string, FieldValue>): void {
    for (const [key, value] of Object.entries(unsent)) {
      const state = states[key]
      if (state) Object.assign(state, { value, origin: 'typed' })
    }
  }

  /** The server's word on fields just sent; it knows more than the page (registers, history). */
  function serverFaults(found: FieldFault[], sent: string[]): void {
    for (const key of sent) said.delete(key)
    for (const fault of found) said.set(fault.field, fault.message)
    for (const key of sent) {
      const fault = localFault(key) ?? said.get(key)
      if (fault && touched.has(key)) faults[key] = fault
      else if (!fault) delete faults[key]
    }
  }

  function localFault(key: string): string | null {
    const field = byKey.get(key)
    return field && isVisible(field, values.value, all) ? faultOf(field, states[key]?.value) : null
  }

  function change(key: string, value: FieldValue): void {
    const state = (states[key] ??= { value: null, origin: 'typed', prefilled: undefined })
    if (sameValue(state.value, value)) return
    // The recorded value is kept beside the typed one, so that the difference can be shown and undone.
    if (state.origin === 'prefilled' && state.prefilled === undefined) state.prefilled = state.value
    state.value = value
    state.origin = 'typed'
    said.delete(key)
    if (faults[key] !== undefined) recheck(key)
    saver.value.set(key, value)
  }

  /** On leaving a field: now is the time to say what is wrong with it, and to save it. */
  function leave(key: string): void {
    touched.add(key)
    recheck(key)
    if (saver.value.dirty) void saver.value.flush()
  }

  function recheck(key: string): void {
    const fault = localFault(key)
    if (fault) faults[key] = fault
    else delete faults[key]
  }

  function adopt(key: string): void {
    const state = states[key]
    if (!state || state.prefilled === undefined) return
    const recorded = state.prefilled
    change(key, recorded)
    state.origin = 'prefilled'
    touched.add(key)
    recheck(key)
    void saver.value.flush()
  }

  function differing(key: string): FieldValue | undefined {
    const state = states[key]
    if (!state || state.prefilled === undefined || state.prefilled === null) return undefined
    return sameValue(state.value, state.prefilled) ? undefined : state.prefilled
  }

  /** Checks the given sections (a page, or all) and marks their fields; gives the faults in form order. */
  function check(fields: FieldDef[] = all): FieldFault[] {
    const keys = new Set(fields.map((field) => field.key))
    const found = faultsOf(item.form, values.value).filter((fault) => keys.has(fault.field))
    for (const key of keys) {
      touched.add(key)
      // A fault that only the server knows of stays until the field is changed and saved.
      if (localFault(key) === null && !said.has(key)) delete faults[key]
    }
    for (const fault of found) faults[fault.field] = fault.message
    for (const [key, message] of said) if (keys.has(key) && visibleKey(key)) faults[key] ??= message
    return fields.filter((field) => faults[field.key] !== undefined && visibleKey(field.key)).map((field) => ({ field: field.key, message: faults[field.key] ?? '' }))
  }

  function visibleKey(key: string): boolean {
    const field = byKey.get(key)
    return !field || isVisible(field, values.value, all)
  }

  async function prefill(): Promise<void> {
    await saver.value.flush()
    const fresh = await api.drafts.prefill(draft.id)
    absorb(fresh.fields)
    take(fresh.materials)
  }

  /* Figures that the server works out (statutory month, limits) follow from choices made on the form. */
  const computes = all.some((field) => field.readonly)
  let refillTimer: ReturnType<typeof setTimeout> | undefined
  function refillSoon(): void {
    if (!computes) return
    clearTimeout(refillTimer)
    refillTimer = setTimeout(() => {
      if (!saver.value.dirty) void api.drafts.prefill(draft.id).then((fresh) => (absorb(fresh.fields), take(fresh.materials))).catch(() => undefined)
    }, 300)
  }

  /** The files of a material after one came or went. */
  function putFiles(code: string, files: MaterialFile[]): void {
    handed[code] = files
  }

  const model: FormModel = {
    get values() {
      return values.value
    },
    faults,
    differing,
    origin: (key) => states[key]?.origin,
    change,
    leave,
    adopt,
  }

  // Leaving the page: send what waits; the note in local storage covers the rest.
  const hidden = (): void => {
    if (document.visibilityState === 'hidden' && saver.value.dirty) void saver.value.flush(true)
  }
  const online = (): void => saver.value.wake()
  const unload = (event: BeforeUnloadEvent): void => {
    if (!saver.value.dirty) return
    void saver.value.flush(true)
    if (saver.value.status === 'offline' || saver.value.status === 'refused') event.preventDefault()
  }
  document.addEventListener('visibilitychange', hidden)
  window.addEventListener('online', online)
  window.addEventListener('beforeunload', unload)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', hidden)
    window.removeEventListener('online', online)
    window.removeEventListener('beforeunload', unload)
    clearTimeout(refillTimer)
    if (saver.value.dirty) void saver.value.flush(true)
    saver.value.stop()
  })

  return {
    id: draft.id,
    item,
    model,
    states,
    values,
    faults,
    materials,
    status,
    savedAt,
    message,
    progress: computed(() => filled(item.form, values.value)),
    check,
    prefill,
    putFiles,
    flush: () => saver.value.flush(),
    wake: () => saver.value.wake(),
  }
}

export type DraftState = ReturnType<typeof useDraft>

/** A form that is not a draft: corrections and one-shot applications. Nothing is sent until the page sends it. */
export function useLocalForm(fields: Ref<FieldDef[]>, initial: Values = {}) {
  const values = reactive<Values>({ ...initial })
  const faults = reactive<Record<string, string>>({})
  const faultAt = (key: string): string | null => {
    const field = fields.value.find((f) => f.key === key)
    return field && isVisible(field, values, fields.value) ? faultOf(field, values[key]) : null
  }
  const recheck = (key: string): void => {
    const fault = faultAt(key)
    if (fault) faults[key] = fault
    else delete faults[key]
  }
  const model: FormModel = {
    values,
    faults,
    differing: () => undefined,
    origin: () => undefined,
    change: (key, value) => {
      values[key] = value
      if (faults[key] !== undefined) recheck(key)
    },
    leave: recheck,
    adopt: () => undefined,
  }
  const check = (): FieldFault[] => {
    for (const field of fields.value) recheck(field.key)
    return fields.value.filter((f) => faults[f.key] !== undefined).map((f) => ({ field: f.key, message: faults[f.key] ?? '' }))
  }
  const take = (found: FieldFault[]): void => {
    for (const fault of found) faults[fault.field] = fault.message
  }
  /** Answers to send: asked fields only. */
  const answers = (): Values =>
    Object.fromEntries(fields.value.filter((f) => f.type !== 'note' && isVisible(f, values, fields.value)).map((f) => [f.key, values[f.key] ?? null]))
  return { model, values, faults, check, take, answers }
}
