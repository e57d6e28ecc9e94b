package emulator_test

import (
	"strconv"
	"testing"
)

// BenchmarkWarm is one call of a function in a kept process; "cloud call" has it
// make one through the real SDK.
func BenchmarkWarm(b *testing.B) {
	needNPM(b)
	c := start(b)
	c.deploy("plain", map[string]string{"index.js": "exports.main = () => 1"}, false)
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	c.permit("hello", "subscribeMessage.send")
	for _, bench := range []struct{ name, function string }{{"plain", "plain"}, {"cloud call", "hello"}} {
		b.Run(bench.name, func(b *testing.B) {
			event := object{"run": "send"}
			c.call(bench.function, "oUser", event)
			for b.Loop() {
				if r := c.call(bench.function, "oUser", event); r.Cold || r.ErrCode != 0 {
					b.Fatalf("%+v", r)
				}
			}
		})
	}
}

// BenchmarkCold starts a process for each call.
func BenchmarkCold(b *testing.B) {
	needNPM(b)
	c := start(b)
	c.deploy("plain", map[string]string{"index.js": "exports.main = () => 1"}, false)
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	c.permit("hello", "subscribeMessage.send")
	for _, bench := range []struct{ name, function string }{{"plain", "plain"}, {"cloud call", "hello"}} {
		b.Run(bench.name, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				c.action("scf", "UpdateFunctionConfiguration", object{
					"FunctionName": bench.function,
					"Environment":  object{"Variables": []object{{"Key": "N", "Value": strconv.Itoa(n)}}},
				})
				b.StartTimer()
				if r := c.call(bench.function, "oUser", object{"run": "send"}); !r.Cold || r.ErrCode != 0 {
					b.Fatalf("%+v", r)
				}
			}
		})
	}
}

// BenchmarkControlPlane is one signed GetFunction: two requests and an RSA
// operation on either side.
func BenchmarkControlPlane(b *testing.B) {
	c := start(b)
	c.deploy("plain", map[string]string{"index.js": "exports.main = () => 1"}, false)
	for b.Loop() {
		c.action("scf", "GetFunction", object{"FunctionName": "plain"})
	}
}
