import { describe, expect, test } from 'vitest'
import { createMethodNames } from '../../../../src/daemon/gateway/upstream/method-names.js'
import { live } from '../../../../src/shared/live.js'

describe('what a service is told of a method', () => {
  test('is its bare name', () => {
    expect(createMethodNames(live({ paths: ['/a.One/add', '/a.One/mul'] }))('/a.One/add')).toBe('add')
  })

  test('says whose it is where several services have one of that name (snet-behaviour 11, 40)', () => {
    const nameOf = createMethodNames(live({ paths: ['/a.One/add', '/b.Two/add', '/b.Two/mul'] }))
    expect(['/a.One/add', '/b.Two/add', '/b.Two/mul'].map(nameOf)).toEqual(['a.One.add', 'b.Two.add', 'mul'])
  })

  test('follows the metadata', () => {
    const methods = live<{ readonly paths: readonly string[] }>({ paths: ['/a.One/add'] })
    const nameOf = createMethodNames(methods)
    expect(nameOf('/a.One/add')).toBe('add')
    methods.replace({ paths: ['/a.One/add', '/b.Two/add'] })
    expect(nameOf('/a.One/add')).toBe('a.One.add')
  })

  test.each([
    '/a.One/--help',
    '/a.One/-x',
    '/a.One/../x',
    '/a.One/',
    '/a.One/a b',
    '/-x/add',
    '//add',
    '/a.One/a.b',
    'add',
  ])('is never an option or a path: %s', (path) => {
    expect(() => createMethodNames(live({ paths: [] }))(path)).toThrow('malformed method name')
  })
})
