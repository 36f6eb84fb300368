import { describe, expect, test } from 'vitest'
import type { Form } from '../../../../../src/daemon/gateway/transport/form.js'
import { type NodeBlock, toNodeBlock } from '../../../../../src/daemon/gateway/http2-headers/node-block.js'
import { HeaderList } from '../../../../../src/daemon/gateway/header-list.js'
import { createOrigins } from '../../../../../src/daemon/gateway/transport/origins.js'
import { webForms } from '../../../../../src/daemon/gateway/transport/web/index.js'

const FRIEND = 'https://friend.example'
const ofFriend = webForms(createOrigins([FRIEND, 'null']))
const ofAll = webForms(createOrigins(['https://a.example', '*']))

const formOf = (fields: Readonly<Record<string, string>>, forms = ofAll) =>
  forms('POST', new HeaderList(Object.entries(fields).flat()))
const fromOrigin = (origin: string | undefined, forms = ofFriend) =>
  formOf({ 'content-type': 'application/grpc-web', ...(origin !== undefined && { origin }) }, forms)

const headOf = (form: Form | undefined, fields = new HeaderList()): NodeBlock =>
  toNodeBlock(form?.head(fields, []) ?? [])

describe('the type of the content says whether it is a call of a web page', () => {
  test.each([
    ['application/grpc-web', 'application/grpc-web', 'application/grpc'],
    ['application/grpc-web+proto', 'application/grpc-web+proto', 'application/grpc+proto'],
    ['application/grpc-web+json; charset=utf-8', 'application/grpc-web+json', 'application/grpc+json'],
    ['application/grpc-web-text', 'application/grpc-web-text', 'application/grpc'],
    ['Application/gRPC-Web-Text+proto', 'Application/gRPC-Web-Text+proto', 'application/grpc+proto'],
  ])('%s is answered as %s, and is %s behind the transport', (type, answered, inside) => {
    const form = formOf({ 'content-type': type })
    expect(headOf(form)['content-type']).toBe(answered)
    expect(form?.metadataOf(['content-type', type]).all('content-type')).toEqual([inside])
  })

  test.each([
    'application/grpc',
    'application/grpc+proto',
    'application/grpc-website',
    'application/grpc-web-texts',
    '',
  ])('"%s" is none', (type) => {
    expect(formOf({ 'content-type': type })).toBeUndefined()
  })

  test.each(['GET', 'OPTIONS', undefined])('%s makes no call', (method) => {
    expect(ofAll(method, new HeaderList(['content-type', 'application/grpc-web']))).toBeUndefined()
  })
})

describe('where pages of some origins may call', () => {
  test.each([FRIEND, 'null'])('one of them may, and reads the answer: %s', (origin) => {
    const form = fromOrigin(origin)
    expect(form?.refusal).toBeUndefined()
    expect(headOf(form)).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' })
  })

  test.each(['https://foe.example', 'http://friend.example', `${FRIEND}:444`, `${FRIEND}/`, '*', ''])(
    'one of %s may not, nor does it read why',
    (origin) => {
      const form = fromOrigin(origin)
      expect(form?.refusal).toMatchObject({ kind: 'forbidden', hint: expect.stringContaining('allowed_origins') })
      expect(headOf(form)).not.toHaveProperty('access-control-allow-origin')
    },
  )

  test('what is no page may, as it could say anything', () => {
    expect(fromOrigin(undefined)?.refusal).toBeUndefined()
  })
})

test('where every page may, none of them brings its cookies', () => {
  const head = headOf(
    fromOrigin('https://anybody.example', ofAll),
    new HeaderList([
      ...['access-control-allow-credentials', 'true', 'access-control-allow-origin', 'https://a.example'],
      ...['content-encoding', 'gzip', 'content-type', 'text/html', 'x-header', 'y'],
    ]),
  )
  expect(head).toEqual({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'grpc-status, grpc-message, grpc-status-details-bin, *',
    'content-type': 'application/grpc-web',
    vary: 'Origin',
    'x-header': 'y',
  })
})

test('what a browser says of its connection and of HTTP is no metadata; what it says of the call is', () => {
  const ofCall = ['x-user-agent', 'grpc-web-javascript/0.1', 'grpc-timeout', '1S', 'snet-payment-type', 'escrow']
  const ofBrowser = [
    ...['connection', 'keep-alive', 'host', 'a', 'content-length', '5', 'accept-encoding', 'gzip', 'accept', '*/*'],
    ...['transfer-encoding', 'chunked', 'expect', '100-continue', 'x-grpc-web', '1', 'content-encoding', 'gzip'],
  ]
  const type = ['content-type', 'application/grpc-web+proto']
  const metadata = formOf({ [type[0] as string]: type[1] as string })?.metadataOf([...ofBrowser, ...ofCall, ...type])
  expect([...(metadata ?? [])].flat()).toEqual([...ofCall, 'content-type', 'application/grpc+proto'])
})
