// Loading of a page's data: one state for the three things a page can be — waiting, failed, there.

import { type Ref, onScopeDispose, ref, shallowRef, watch } from 'vue'

export interface Loaded<T> {
  data: Ref<T | undefined>
  error: Ref<unknown>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/** Runs `load` now and again when `source` changes; an answer that was overtaken is dropped. */
export function useLoad<T>(load: () => Promise<T>, source?: () => unknown): Loaded<T> {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>()
  const loading = ref(true)
  let turn = 0
  const reload = async (): Promise<void> => {
    const mine = ++turn
    loading.value = true
    try {
      const answer = await load()
      if (mine !== turn) return
      data.value = answer
      error.value = undefined
    } catch (fault) {
      if (mine === turn) error.value = fault
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  void reload()
  if (source) watch(source, () => void reload())
  onScopeDispose(() => {
    turn += 1
  })
  return { data, error, loading, reload }
}

/** A deed with a busy flag; a second press while it runs does nothing. */
export function useAction<A extends unknown[]>(deed: (...args: A) => Promise<void>): { busy: Ref<boolean>; run: (...args: A) => Promise<void> } {
  const busy = ref(false)
  const run = async (...args: A): Promise<void> => {
    if (busy.value) return
    busy.value = true
    try {
      await deed(...args)
    } finally {
      busy.value = false
    }
  }
  return { busy, run }
}
