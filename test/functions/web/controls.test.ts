/**
 * The pages have controls of their own, for their size. These tests hold them to GOV.UK Frontend's macros: the same
 * elements with the same attributes in the same order, white space aside.
 */
import nunjucks from 'nunjucks';
import { describe, expect, it } from 'vitest';

const govuk = new nunjucks.Environment(new nunjucks.FileSystemLoader('node_modules/govuk-frontend/dist'), {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});
const ours = new nunjucks.Environment(new nunjucks.FileSystemLoader('functions/web/pages'), {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});

/** The elements of a piece of HTML, each with its attributes sorted, and its text. */
const shape = (html: string): readonly string[] =>
  [...html.replace(/\s+/g, ' ').matchAll(/<(\/?[a-z0-9]+)((?: [^<>]*)?)>|([^<>]+)/g)]
    .map(([, tag, attributes = '', text]) => {
      if (tag === undefined) return (text ?? '').trim();
      const parts = [...attributes.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)].map(
        ([, name = '', quoted, bare]) => `${name}=${(quoted ?? bare ?? '').trim().replace(/ +/g, ' ')}`,
      );
      return `<${[tag, ...parts.sort()].join(' ')}>`;
    })
    .filter((part) => part !== '');

const theirShape = (component: string, macro: string, options: object): readonly string[] =>
  shape(
    govuk.renderString(
      `{% from "govuk/components/${component}/macro.njk" import ${macro} %}{{ ${macro}(options) }}`,
      { options },
    ),
  );
const ourShape = (call: string, form: object): readonly string[] =>
  shape(ours.renderString(`{% import "controls.njk" as controls %}{{ controls.${call} }}`, { form }));

const empty = { values: {}, errors: {}, summary: [] };
const wrong = {
  values: { name: 'A "<b>', 'name-day': '31', 'name-month': '2', 'name-year': '2026' },
  errors: { name: 'Enter <it>' },
  summary: [{ message: 'Enter <it>', anchor: 'name' }],
};
const error = { errorMessage: { text: 'Enter <it>' } };

describe('controls are those of GOV.UK Frontend', () => {
  it('text input', () => {
    const options = {
      id: 'name',
      name: 'name',
      label: { text: 'Name' },
      hint: { text: 'A hint' },
      type: 'email',
      autocomplete: 'off',
      spellcheck: false,
      classes: 'govuk-input--width-5',
    };
    const call = "textInput(form, 'name', 'Name', 'A hint', 'email', 'off', '5')";
    expect(ourShape(call, { ...wrong, errors: {} })).toEqual(
      theirShape('input', 'govukInput', { ...options, value: 'A "<b>' }),
    );
    expect(ourShape(call, wrong)).toEqual(
      theirShape('input', 'govukInput', { ...options, ...error, value: 'A "<b>' }),
    );
  });

  it('text area', () => {
    const options = {
      id: 'name',
      name: 'name',
      label: { text: 'Name', classes: 'govuk-label--s' },
      hint: { text: 'A hint' },
      rows: 3,
      value: 'A "<b>',
    };
    const call = "textArea(form, 'name', 'Name', 'A hint', 3, 'govuk-label--s')";
    expect(ourShape(call, wrong)).toEqual(theirShape('textarea', 'govukTextarea', { ...options, ...error }));
  });

  it('radios', () => {
    const options = {
      idPrefix: 'name',
      name: 'name',
      fieldset: { legend: { text: 'Which?', classes: 'govuk-fieldset__legend--m' } },
      hint: { text: 'One' },
      classes: 'govuk-radios--inline govuk-radios--small',
      items: [
        { value: 'a', text: 'A', hint: { text: 'the first' } },
        { value: 'b', text: 'B', checked: true },
      ],
    };
    const call =
      "radios(form, 'name', 'Which?', [{value: 'a', text: 'A', hint: 'the first'}, {value: 'b', text: 'B'}], 'One', 'govuk-fieldset__legend--m', true, true)";
    const strip = (parts: readonly string[]) =>
      parts.map((part) => part.replace(' data-module=govuk-radios', ''));
    expect(ourShape(call, { ...wrong, values: { name: 'b' } })).toEqual(
      strip(theirShape('radios', 'govukRadios', { ...options, ...error })),
    );
  });

  it('checkboxes', () => {
    const options = {
      idPrefix: 'name',
      name: 'name',
      fieldset: { legend: { text: 'Which?' } },
      hint: { text: 'Some' },
      items: [
        { value: 'a', text: 'A', checked: true },
        { value: 'b', text: 'B' },
      ],
    };
    const call =
      "checkboxes(form, 'name', 'Which?', [{value: 'a', text: 'A'}, {value: 'b', text: 'B'}], ['a'], 'Some')";
    const strip = (parts: readonly string[]) =>
      parts.map((part) => part.replace(' data-module=govuk-checkboxes', ''));
    expect(ourShape(call, wrong)).toEqual(
      strip(theirShape('checkboxes', 'govukCheckboxes', { ...options, ...error })),
    );
  });

  it('date input', () => {
    const options = {
      id: 'name',
      namePrefix: 'name',
      fieldset: { legend: { text: 'When?', classes: 'govuk-fieldset__legend--s' } },
      hint: { text: 'For example' },
      items: [
        { name: 'day', classes: 'govuk-input--width-2 govuk-input--error', value: '31' },
        { name: 'month', classes: 'govuk-input--width-2 govuk-input--error', value: '2' },
        { name: 'year', classes: 'govuk-input--width-4 govuk-input--error', value: '2026' },
      ],
    };
    const call = "dateInput(form, 'name', 'When?', 'For example', 'govuk-fieldset__legend--s')";
    expect(ourShape(call, wrong)).toEqual(
      theirShape('date-input', 'govukDateInput', { ...options, ...error }),
    );
  });

  it('select', () => {
    const options = {
      id: 'name',
      name: 'name',
      label: { text: 'Who?' },
      hint: { text: 'A member' },
      items: [
        { value: '', text: 'Choose' },
        { value: 'mo', text: 'Mo', selected: true },
      ],
    };
    const call = "select(form, 'name', 'Who?', [{id: 'mo', name: 'Mo'}], 'Choose', 'A member')";
    expect(ourShape(call, { ...wrong, values: { name: 'mo' } })).toEqual(
      theirShape('select', 'govukSelect', { ...options, ...error }),
    );
  });

  it('error summary', () => {
    expect(ourShape('errorSummary(form)', wrong)).toEqual(
      theirShape('error-summary', 'govukErrorSummary', {
        titleText: 'There is a problem',
        errorList: [{ text: 'Enter <it>', href: '#name' }],
      }),
    );
  });

  it('button', () => {
    const strip = (parts: readonly string[]) =>
      parts.map((part) => part.replace(' data-module=govuk-button', ''));
    expect(ourShape("button('Go', true, 'do', 'add')", empty)).toEqual(
      strip(
        theirShape('button', 'govukButton', {
          text: 'Go',
          classes: 'govuk-button--secondary',
          name: 'do',
          value: 'add',
        }),
      ),
    );
  });
});
