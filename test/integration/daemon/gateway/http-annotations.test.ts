import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Arrived,
  type HttpHarness,
  type HttpServiceUnderTest,
  json,
  openHttpHarness,
  startHttpService,
} from '../../../support/http-harness.js'
import { paid } from './harness.js'

const PROTO = `syntax = "proto3"; package shop;
  import "google/api/annotations.proto"; import "google/protobuf/field_mask.proto";
  message Book { string name = 1; string title = 2; repeated string tags = 3; Size size = 4; int32 number = 5; bool sold = 6; }
  message Size { int32 pages = 1; Book next = 2; }
  message Update { Book book = 1; google.protobuf.FieldMask mask = 2; string reason = 3; repeated Book others = 4; }
  message List { repeated Book books = 1; }
  service Books {
    rpc read(Book) returns (Book) { option (google.api.http) = {
      get: "/v1/{name=shelves/*/books/*}"
      additional_bindings { get: "/v1/all/{name=archive/**}:old" }
      additional_bindings { get: "/v1/by/{title}/{number}" } }; }
    rpc write(Update) returns (Book) { option (google.api.http) = { patch: "/v1/{book.name=shelves/*}" body: "book" }; }
    rpc create(Book) returns (Book) { option (google.api.http) = { post: "/v1/{title}" body: "*" }; }
    rpc find(Book) returns (List) { option (google.api.http) = { get: "/v1/books" response_body: "books" }; }
    rpc one(Book) returns (List) { option (google.api.http) = {
      get: "/v1/one/{title}" response_body: "books" additional_bindings { get: "/v1/one" } }; }
    rpc look(Book) returns (Book) { option (google.api.http) = { custom { kind: "REPORT" path: "/v1/look" } }; }
    rpc drop(Book) returns (Book) { option (google.api.http).delete = "/v1/books"; }
    rpc faulty(Book) returns (Book) { option (google.api.http) = { get: "/v1/{nothing}" }; }
    rpc plain(Book) returns (Book);
  }`

let service: HttpServiceUnderTest
let h: HttpHarness
let answer: unknown = {}

beforeAll(async () => {
  service = await startHttpService((_arrived, response) => json(response, answer))
  h = await openHttpHarness(PROTO, {
    endpoint: new URL('/api?k=v', service.url),
    credentials: [{ key: 'key', value: 'c', location: 'query' }],
  })
})
afterAll(async () => {
  await h[Symbol.asyncDispose]()
  await service[Symbol.asyncDispose]()
})

const call = async (name: string, request: unknown) => {
  const path = `/shop.Books/${name}`
  const { code, details, messages } = await h.client.call(path, [h.encode(path, request)], { metadata: paid() })
  return { code, details, json: h.decode(path, messages[0]), arrived: service.arrived.at(-1) as Arrived }
}

test.each([
  [
    'the fields of its path',
    'read',
    { name: 'shelves/a b/books/ü' },
    'GET /api/v1/shelves/a%20b/books/%C3%BC?k=v&key=c',
    '',
  ],
  ['the next path that fits', 'read', { name: 'archive/1/2' }, 'GET /api/v1/all/archive/1/2:old?k=v&key=c', ''],
  ['numbers that are not set', 'read', { title: 'x/y?' }, 'GET /api/v1/by/x%2Fy%3F/0?k=v&key=c', ''],
  [
    'all else in the query',
    'drop',
    { title: 'a&b', tags: ['1', '2'], size: { pages: 3, next: { sold: true } } },
    'DELETE /api/v1/books?k=v&size.next.sold=true&size.pages=3&tags=1&tags=2&title=a%26b&key=c',
    '',
  ],
  [
    'one field in the body',
    'write',
    { book: { name: 'shelves/1', title: 't' }, mask: 'title', reason: 'r' },
    'PATCH /api/v1/shelves/1?k=v&mask=title&reason=r&key=c',
    '{"title":"t"}',
  ],
  ['all but the path in the body', 'create', { title: 't', number: 2 }, 'POST /api/v1/t?k=v&key=c', '{"number":2}'],
  ['a method of its own', 'look', {}, 'REPORT /api/v1/look?k=v&key=c', ''],
  ['no annotation: its name', 'plain', { number: 2 }, 'POST /api/plain?k=v&key=c', '{"number":2}'],
  ['an annotation that cannot be followed: its name', 'faulty', {}, 'POST /api/faulty?k=v&key=c', '{}'],
])('a method is reached by %s', async (_what, method, request, line, body) => {
  const { code, arrived } = await call(method, request)
  expect(code).toBe(status.OK)
  expect(`${arrived.verb} ${arrived.url}`).toBe(line)
  expect(arrived.body).toBe(body)
  expect(arrived.headers['content-type']).toBe(body === '' ? undefined : 'application/json')
})

test('the body of an answer may be one of its fields', async () => {
  answer = [{ title: 'a' }, { title: 'b' }]
  expect((await call('find', {})).json).toEqual({ books: [{ title: 'a' }, { title: 'b' }] })
  expect((await call('one', { title: 'x' })).json).toEqual({ books: [{ title: 'a' }, { title: 'b' }] })
  answer = { books: [{ title: 'a' }] }
  expect((await call('one', {})).json).toEqual(answer)
  answer = {}
})

test.each([
  ['a path that no field fits', 'read', { name: 'shelves/1' }],
  ['a path that leads elsewhere', 'read', { name: 'shelves/../books/1' }],
  ['a segment that leads elsewhere', 'read', { title: '../../admin' }],
  ['a segment that is missing', 'read', { name: 'shelves//books/1' }],
  ['nothing for the path', 'create', {}],
  ['messages for the query', 'write', { book: { name: 'shelves/1' }, others: [{}] }],
])('a request with %s is refused before the service, and costs nothing', async (_what, method, request) => {
  const before = service.arrived.length
  const { code, details } = await call(method, request)
  expect(code).toBe(status.INTERNAL)
  expect(details).toMatch(/^error creating http request: .*#_4$/s)
  expect(service.arrived).toHaveLength(before)
  expect(h.payments.open).toBe(0)
})

test('an annotation that cannot be followed is told at the start', () => {
  expect(h.log).toContain('google.api.http of a method cannot be followed, so it is reached by its name')
})
