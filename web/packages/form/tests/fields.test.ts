import type { FieldDef, FieldValue } from '@renshe/api'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { computed, reactive, ref } from 'vue'
import FormAnswers from '../src/components/FormAnswers.vue'
import FormField from '../src/components/FormField.vue'
import { type FormModel, useLocalForm } from '../src/useDraft.ts'

function field(def: Partial<FieldDef>, value: FieldValue = null) {
  const fields = ref<FieldDef[]>([{ key: 'k', label: '字段', type: 'text', ...def }])
  const form = useLocalForm(fields, { k: value })
  const wrapper = mount(FormField, { props: { field: fields.value[0]!, model: form.model }, attachTo: document.body })
  return { form, wrapper }
}

describe('fields', () => {
  it('ties label, hint and fault to the control', async () => {
    const { wrapper } = field({ type: 'mobile', label: '手机号码', hint: '接收通知', required: true })
    const input = wrapper.get('input')
    expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'))
    await input.setValue('123')
    await input.trigger('blur')
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(input.attributes('aria-describedby')).toBe('f-k-hint f-k-fault')
    expect(wrapper.get('#f-k-fault').text()).toContain('11位')
  })

  it('says nothing while somebody is still typing for the first time', async () => {
    const { wrapper } = field({ type: 'id_number' })
    await wrapper.get('input').setValue('3101')
    expect(wrapper.find('#f-k-fault').exists()).toBe(false)
  })

  it('takes a fault back as soon as it is mended', async () => {
    const { wrapper } = field({ type: 'mobile' })
    const input = wrapper.get('input')
    await input.setValue('123')
    await input.trigger('blur')
    await input.setValue('13800001234')
    expect(wrapper.find('#f-k-fault').exists()).toBe(false)
  })

  it('turns typed money into fen and writes it back tidily', async () => {
    const { form, wrapper } = field({ type: 'money' })
    const input = wrapper.get('input')
    await input.setValue('8,146.6')
    expect(form.values['k']).toBe(814660)
    await input.trigger('blur')
    expect(input.element.value).toBe('8146.60')
    await input.setValue('八千')
    expect(form.values['k']).toBe('八千')
  })

  it('keeps the order of options whatever the order of ticking', async () => {
    const { form, wrapper } = field({ type: 'multi_choice', options: [{ code: '110', name: '养老' }, { code: '210', name: '失业' }, { code: '410', name: '工伤' }] })
    const boxes = wrapper.findAll('input[type=checkbox]')
    await boxes[2]!.setValue(true)
    await boxes[0]!.setValue(true)
    expect(form.values['k']).toEqual(['110', '410'])
    await boxes[2]!.setValue(false)
    expect(form.values['k']).toEqual(['110'])
  })

  it('upper-cases and cleans identity numbers', async () => {
    const { form, wrapper } = field({ type: 'id_number' })
    await wrapper.get('input').setValue(' １10105 19491231002x ')
    expect(form.values['k']).toBe('11010519491231002X')
  })

  it('shows read-only values as text and never as an input', () => {
    const { wrapper } = field({ type: 'month', readonly: true }, '2031-07')
    expect(wrapper.find('input').exists()).toBe(false)
    expect(wrapper.get('output').text()).toBe('2031年7月')
  })

  it('wants a declaration ticked', () => {
    const { form } = field({ type: 'bool', must_be_true: true, label: '承诺' })
    expect(form.check()[0]?.message).toContain('承诺')
    form.model.change('k', true)
    expect(form.check()).toEqual([])
  })

  it('shows the recorded value beside a typed one and takes it on request', async () => {
    const values = reactive<Record<string, FieldValue>>({ k: '1985-07-20' })
    const model: FormModel = {
      values,
      faults: {},
      differing: () => (values['k'] === '1985-07-15' ? undefined : '1985-07-15'),
      origin: () => 'typed',
      change: (key, value) => (values[key] = value),
      leave: () => undefined,
      adopt: (key) => (values[key] = '1985-07-15'),
    }
    const wrapper = mount(FormField, { props: { field: { key: 'k', label: '工作单位', type: 'text' }, model } })
    expect(wrapper.text()).toContain('系统记录为“1985-07-15”')
    await wrapper.get('button').trigger('click')
    expect(computed(() => values['k']).value).toBe('1985-07-15')
    expect(wrapper.text()).not.toContain('系统记录为')
  })
})

describe('answers', () => {
  it('fills every row of the grid', () => {
    const fields = ['a', 'b', 'c'].map((key) => ({ key, label: key, type: 'text' as const, value: key }))
    const wrapper = mount(FormAnswers, { props: { sections: [{ title: '一', fields: [...fields, { key: 'd', label: 'd', type: 'textarea', value: 'd' }] }] } })
    expect(wrapper.findAll('dl > div').map((cell) => cell.attributes('style'))).toEqual(['--span: 1;', '--span: 1;', '--span: 2;', '--span: 2;'])
  })

  it('uses the words of the server for codes, and its own for money and days', () => {
    const wrapper = mount(FormAnswers, {
      props: { sections: [{ title: '一', fields: [{ key: 'a', label: '类别', type: 'choice', value: 'early', text: '弹性提前退休' }, { key: 'b', label: '工资', type: 'money', value: 1380000, text: '13800' }, { key: 'c', label: '日期', type: 'date', value: '2026-11-24', text: '2026-11-24' }] }] },
    })
    expect(wrapper.findAll('dd').map((cell) => cell.text())).toEqual(['弹性提前退休', '13,800.00 元', '2026年11月24日'])
  })
})
