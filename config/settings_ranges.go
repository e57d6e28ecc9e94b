package config

import (
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
)

// What the cloud takes, as Tencent Cloud documents it for CreateFunction and
// UpdateFunctionConfiguration (www.tencentcloud.com/document/api/583/18580): a
// timeout of 1 to 900 seconds, and memory of 64 MB, or 128 to 3,072 MB in steps of
// 128. What lies outside is only warned of, since accounts may have other limits.
const (
	maxTimeout  = 900  // seconds
	smallMemory = 64   // MB
	memoryStep  = 128  // MB
	maxMemory   = 3072 // MB
)

// runtimes are those of cloud functions, the newest first.
var runtimes = [...]string{
	"Nodejs20.19", "Nodejs18.15", "Nodejs16.13", "Nodejs14.18", "Nodejs12.16", "Nodejs10.15", "Nodejs8.9", "Nodejs6.10",
	"Python3.10", "Python3.9", "Python3.7", "Python3.6", "Python2.7",
	"Php8.0", "Php7.4", "Php7.2", "Php5.6", "Java11", "Java8", "Go1", "CustomRuntime",
}

// runtime is the name of one. One that is not known may be new.
func (r *settingsReader) runtime(object gjson.Result) string {
	name := r.text(object, "runtime")
	m, _ := r.file.member(object, "runtime")
	if name == "" || slices.Contains(runtimes[:], name) {
		return name
	}
	if near := suggest.Nearest(name, slices.Values(runtimes[:]), 1); len(near) > 0 {
		r.warn("config/runtime-near", m.value, clierr.Args{"runtime": name, "near": near[0]})
	} else {
		r.warn("config/runtime-unknown", m.value, clierr.Args{"runtime": name})
	}
	return name
}

func (r *settingsReader) memory(object gjson.Result) int {
	n, at := r.count(object, "memory")
	if n != 0 && n != smallMemory && (n%memoryStep != 0 || n > maxMemory) {
		r.warn("config/memory-step", at, clierr.Args{"memory": strconv.Itoa(n)})
	}
	return n
}

func (r *settingsReader) timeout(object gjson.Result) int {
	n, at := r.count(object, "timeout")
	if n > maxTimeout {
		r.warn("config/timeout-long", at, clierr.Args{"timeout": strconv.Itoa(n), "most": strconv.Itoa(maxTimeout)})
	}
	return n
}
