/** JSON Schemas of rule and profile files, made from the predicates so that an editor knows every option. */
import { severities } from '#base/severity.ts'
import { subjectKinds } from '#predicates/asking/subject.ts'
import { predicates } from '#predicates/registry.ts'
import { contributions, fits, standards, surfaces } from './rule.ts'

const draft = 'http://json-schema.org/draft-07/schema#'
const sentence = { type: 'string', minLength: 1, maxLength: 400 }
const slug = { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' }

const object = (properties: object, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const described = (description: string, schema: object) => ({ description, ...schema })

const leaf = {
  oneOf: [
    described('A predicate with its default options', {
      type: 'string',
      enum: Object.keys(predicates).filter(name => predicates[name]?.options.required.length === 0),
    }),
    described('A predicate with options', {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(predicates).map(([name, p]) => [name, described(p.question, p.options)]),
      ),
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
    }),
  ],
}

const branches = { type: 'array', minItems: 1, items: { $ref: '#/definitions/tree' } }

const tree = {
  anyOf: [
    object({ all: branches }, ['all']),
    object({ any: branches }, ['any']),
    object({ not: { $ref: '#/definitions/tree' } }, ['not']),
    leaf,
  ],
}

const order = { type: 'integer', minimum: 0 }

const ruleProperties = (treeSchema: object) => ({
  $schema: { type: 'string' },
  id: described('A slug that states the good world; the name of the file. Never reused.', slug),
  surface: described('The name of the folder', { type: 'string', enum: surfaces }),
  subject: described('What the rule is about', { type: 'string', enum: subjectKinds }),
  severity: { type: 'string', enum: severities },
  title: described('One sentence, true when all is well', sentence),
  message: described('What is wrong; placeholders in braces', sentence),
  profiles: described('Profiles that hold the rule', {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: slug,
  }),
  when: described('Where the rule applies; everywhere if left out', treeSchema),
  require: described('What must hold', treeSchema),
  verdict: described(
    'The rule gives a link its verdict; of several violated ones the lowest order speaks',
    object({ vantage: { type: 'string', enum: ['internet', 'tenant'] }, order, guessable: sentence }, [
      'vantage',
      'order',
    ]),
  ),
  cause: described(
    'The rule explains a link finding of these kinds; lower orders are to be mended first',
    object({ of: { type: 'array', minItems: 1, items: { type: 'string', enum: contributions } }, order }, [
      'of',
      'order',
    ]),
  ),
  fix: described('Steps of the remediation, in an order that never opens or breaks the gate', {
    type: 'array',
    items: object({ say: sentence, run: { type: 'array', items: { type: 'string', minLength: 1 } } }, [
      'say',
    ]),
  }),
  references: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^https://' } },
  mappings: {
    type: 'array',
    items: object(
      {
        standard: { type: 'string', enum: standards },
        id: { type: 'string', minLength: 1 },
        fit: { type: 'string', enum: fits },
      },
      ['standard', 'id', 'fit'],
    ),
  },
})

const required = [
  'id',
  'surface',
  'subject',
  'severity',
  'title',
  'message',
  'profiles',
  'require',
  'references',
]

/** The schema that the repository publishes beside its rules. */
export const ruleSchema = {
  $schema: draft,
  title: 'A rule of originproof',
  ...object(ruleProperties({ $ref: '#/definitions/tree' }), required),
  definitions: { tree },
}

/** The same with trees left to `parseTree`, which says more clearly what is wrong with one. */
export const ruleOutline = object(ruleProperties({}), required)

export const profilesSchema = {
  $schema: draft,
  title: 'Profiles of originproof',
  type: 'object',
  properties: { $schema: { type: 'string' } },
  additionalProperties: object(
    {
      description: sentence,
      adjust: {
        type: 'object',
        additionalProperties: object(
          { severity: { type: 'string', enum: severities }, options: { type: 'object' } },
          [],
        ),
      },
    },
    ['description'],
  ),
}
