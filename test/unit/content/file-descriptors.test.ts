import protobuf from 'protobufjs'
import descriptor, { type IFileDescriptorProto } from 'protobufjs/ext/descriptor.js'
import { describe, expect, test } from 'vitest'
import { describeProtos } from '../../../src/content/compile-protos.js'

const describeAll = (files: Record<string, string>) => describeProtos(new Map(Object.entries(files)))

/** The descriptor of a file as the wire has it. */
function readFile(files: Record<string, string>, name = 'a.proto'): IFileDescriptorProto {
  const bytes = describeAll(files).find((file) => file.name === name)?.bytes ?? ''
  return descriptor.FileDescriptorProto.toObject(descriptor.FileDescriptorProto.decode(Buffer.from(bytes, 'base64')))
}

const RICH = `syntax = "proto3"; package p.q;
  import "b.proto";
  enum Word { NONE = 0; SOME = 5; }
  message Outer {
    message Inner { Word word = 1; }
    Inner inner = 1;
    repeated int32 many_numbers = 2;
    repeated int32 apart = 3 [packed = false];
    map<string, Inner> by_name = 4;
    map<int64, Word> by_number_2 = 5;
    optional string maybe = 6;
    oneof choice { bytes left = 7; b.Other right = 8; }
    string named = 9 [json_name = "OTHER"];
  }
  service S { rpc one(Outer) returns (stream b.Other); }`
const OTHER = 'syntax = "proto3"; package b; message Other { string text = 1; }'

describe('a file of proto3', () => {
  const file = readFile({ 'a.proto': RICH, 'b.proto': OTHER })
  const [outer] = file.messageType ?? []

  test('has its package, its syntax and the files that it needs', () => {
    expect(file).toMatchObject({ name: 'a.proto', package: 'p.q', syntax: 'proto3', dependency: ['b.proto'] })
  })

  test('has its fields as protoc writes them', () => {
    expect(outer?.field).toEqual([
      { name: 'inner', jsonName: 'inner', number: 1, label: 1, type: 11, typeName: '.p.q.Outer.Inner' },
      { name: 'many_numbers', jsonName: 'manyNumbers', number: 2, label: 3, type: 5 },
      { name: 'apart', jsonName: 'apart', number: 3, label: 3, type: 5, options: { packed: false } },
      { name: 'by_name', jsonName: 'byName', number: 4, label: 3, type: 11, typeName: '.p.q.Outer.ByNameEntry' },
      {
        name: 'by_number_2',
        jsonName: 'byNumber2',
        number: 5,
        label: 3,
        type: 11,
        typeName: '.p.q.Outer.ByNumber2Entry',
      },
      { name: 'maybe', jsonName: 'maybe', number: 6, label: 1, type: 9, oneofIndex: 1, proto3Optional: true },
      { name: 'left', jsonName: 'left', number: 7, label: 1, type: 12, oneofIndex: 0 },
      { name: 'right', jsonName: 'right', number: 8, label: 1, type: 11, typeName: '.b.Other', oneofIndex: 0 },
      { name: 'named', jsonName: 'OTHER', number: 9, label: 1, type: 9 },
    ])
    expect(outer?.oneofDecl).toEqual([{ name: 'choice' }, { name: '_maybe' }])
  })

  test('has messages for its maps, and its enums', () => {
    expect(outer?.nestedType?.map(({ name }) => name)).toEqual(['Inner', 'ByNameEntry', 'ByNumber2Entry'])
    expect(outer?.nestedType?.[2]).toEqual({
      name: 'ByNumber2Entry',
      field: [
        { name: 'key', jsonName: 'key', number: 1, label: 1, type: 3 },
        { name: 'value', jsonName: 'value', number: 2, label: 1, type: 14, typeName: '.p.q.Word' },
      ],
      options: { mapEntry: true },
    })
    expect(file.enumType).toEqual([
      {
        name: 'Word',
        value: [
          { name: 'NONE', number: 0 },
          { name: 'SOME', number: 5 },
        ],
      },
    ])
  })

  test('has its services', () => {
    const method = { name: 'one', inputType: '.p.q.Outer', outputType: '.b.Other' }
    expect(file.service).toEqual([
      { name: 'S', method: [{ ...method, clientStreaming: false, serverStreaming: true }] },
    ])
  })
})

test('what proto2 alone has is told, too', () => {
  const text = `syntax = "proto2"; package old;
    message M {
      required string must = 1;
      optional int32 number = 2 [default = -5];
      optional double far = 3 [default = inf];
      optional bool yes = 4 [default = true];
      repeated int32 dense = 5 [packed = true];
      extensions 100 to 199;
      extend M { optional string inner = 101; }
    }
    extend M { optional string more = 100; }
    enum E { option allow_alias = true; A = 1; B = 1; }`
  const file = readFile({ 'a.proto': text })
  const [message] = file.messageType ?? []
  expect(file.syntax).toBe('proto2')
  expect(message?.field).toMatchObject([
    { name: 'must', label: 2 },
    { name: 'number', defaultValue: '-5' },
    { name: 'far', defaultValue: 'inf' },
    { name: 'yes', defaultValue: 'true' },
    { name: 'dense', options: { packed: true } },
  ])
  expect(message?.extensionRange).toEqual([{ start: 100, end: 200 }])
  expect(message?.extension).toMatchObject([{ name: 'inner', extendee: '.old.M', number: 101 }])
  expect(file.extension).toMatchObject([{ name: 'more', extendee: '.old.M', number: 100 }])
  expect(file.enumType).toMatchObject([{ options: { allowAlias: true } }])
})

test('an edition and its features are told', () => {
  const text = `edition = "2023"; package e; option features.field_presence = IMPLICIT; message M { string a = 1; }`
  const file = readFile({ 'a.proto': text })
  expect(file).toMatchObject({ syntax: 'editions', edition: 1000 })
  expect(file.messageType).toMatchObject([{ options: { features: { fieldPresence: 2 } } }])
})

test('it is known what is declared where, Google’s own files among it', () => {
  const text =
    'syntax = "proto3"; import "google/protobuf/timestamp.proto"; message M { google.protobuf.Timestamp at = 1; } enum E { A = 0; } service S { rpc m(M) returns (M); }'
  const files = describeAll({ 'a.proto': text })
  expect(files.map(({ name, needs }) => [name, needs])).toEqual([
    ['google/protobuf/timestamp.proto', []],
    ['a.proto', ['google/protobuf/timestamp.proto']],
  ])
  expect(files[1]).toMatchObject({ symbols: ['M', 'M.at', 'E', 'A', 'S', 'S.m'], services: ['S'], extensions: [] })
})

test('whoever is extended does not need who extends', () => {
  const text = `syntax = "proto3"; import "google/api/annotations.proto"; import "google/api/resource.proto"; message M {}
    service S { rpc m(M) returns (M) { option (google.api.http) = { get: "/m" }; } }`
  const files = describeAll({ 'a.proto': text })
  const needs = Object.fromEntries(files.map((file) => [file.name, file.needs]))
  expect(needs).toMatchObject({
    'google/protobuf/descriptor.proto': [],
    'google/api/annotations.proto': ['google/api/http.proto', 'google/protobuf/descriptor.proto'],
  })
})

test('a file that cannot be used is not told, nor is one that needs it', () => {
  const files = describeAll({
    'a.proto': RICH,
    'b.proto': 'nonsense',
    'c.proto': `${OTHER.replace('package b', 'package c')} service S { rpc m(Other) returns (Other); }`,
  })
  expect(files.map(({ name }) => name)).toEqual(['c.proto'])
})

test('messages are written by what is told of them as by the files themselves', () => {
  const files = describeAll({ 'a.proto': RICH, 'b.proto': OTHER })
  const set = { file: files.map(({ bytes }) => descriptor.FileDescriptorProto.decode(Buffer.from(bytes, 'base64'))) }
  const told = protobuf.Root.fromDescriptor(set as never, { keepCase: true }).lookupType('p.q.Outer')
  const value = { many_numbers: [1, 2], apart: [3, 4], by_name: { x: { word: 5 } }, maybe: '', right: { text: 'y' } }
  const bytes = told.encode(told.fromObject(value)).finish()
  expect(Buffer.from(bytes).toString('hex')).toBe('1202010218031804' + '22070a0178120208053200' + '42030a0179')
})
