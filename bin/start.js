// Read by whatever Node is there: this file keeps to the language of the oldest ones.
var fs = require('fs')
var path = require('path')

var root = path.join(__dirname, '..')

/** Runs the built command line under the name that was typed. */
exports.start = function (name) {
  var pjson = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  var needed = pjson.engines.node.replace('>=', '')
  if (isOlder(process.versions.node, needed)) {
    return complain(name + ' needs Node ' + needed + ' or newer, this is ' + process.versions.node + '.')
  }
  return require('./run-program.js').runProgram(name, { root: root, pjson: pjson, complain: complain })
}

function isOlder(version, needed) {
  var have = version.split('.')
  var need = needed.split('.')
  return Number(have[0]) < Number(need[0]) || (have[0] === need[0] && Number(have[1]) < Number(need[1]))
}

/** On one line, as a command tells its failures. */
function complain(message) {
  var isJson = process.argv.indexOf('--json') >= 0
  var error = { error: { kind: 'unavailable', message: message } }
  process.stderr.write((isJson ? JSON.stringify(error) : 'Error: ' + message) + '\n')
  process.exitCode = 3
}
