package interfaces

import (
	"encoding/json"
	"strings"

	"wxcloud/catalog"
)

// fault is what is wrong with a field.
type fault uint8

const (
	missing fault = iota + 1
	wrongType
)

// checkFields compares a call with the documented fields of its interface: what
// is required is there, what is there has its type. Fields nobody documented are
// let pass, as are those the documentation is in doubt about.
func checkFields(i catalog.Interface, a arguments) *refusal {
	if i.Params == nil {
		return nil
	}
	c := fieldCheck{fields: i.Params.Request, doubts: catalog.DoubtsOf(i.Name), args: a}
	field, what := c.object("", a)
	if what == 0 {
		return nil
	}
	return fieldRefusal(i, field, what)
}

type fieldCheck struct {
	fields []catalog.Field
	doubts catalog.Doubts
	args   arguments
}

// object looks at the fields right below path, which is empty or ends in a dot,
// and returns the first that is at fault.
func (c *fieldCheck) object(path string, o map[string]any) (catalog.Field, fault) {
	for _, f := range c.fields {
		name, below := strings.CutPrefix(f.Name, path)
		if !below || strings.ContainsAny(name, ".[") {
			continue
		}
		v, given := find(o, name)
		if !given {
			if f.Required && !c.doubts.MayLack(f.Name, c.args.has) {
				return f, missing
			}
			continue
		}
		if v == "" && f.Required && ownCode(f.Name) && !c.doubts.MayLack(f.Name, c.args.has) {
			return f, missing
		}
		if !fits(v, f.Type) {
			return f, wrongType
		}
		if inner, what := c.within(f.Name, v); what != 0 {
			return inner, what
		}
	}
	return catalog.Field{}, 0
}

// within looks at what an object or each element of a list holds.
func (c *fieldCheck) within(name string, v any) (catalog.Field, fault) {
	switch v := v.(type) {
	case map[string]any:
		return c.object(name+".", v)
	case []any:
		for _, item := range v {
			if o, ok := item.(map[string]any); ok {
				if f, what := c.object(name+"[].", o); what != 0 {
					return f, what
				}
			}
		}
	}
	return catalog.Field{}, 0
}

// fits reports whether a value has a documented type. A number may be written as
// text: documentation itself does so in places.
func fits(v any, kind string) bool {
	switch kind {
	case "string":
		_, ok := v.(string)
		return ok
	case "number":
		switch v := v.(type) {
		case json.Number:
			return true
		case string:
			return v != "" && (v[0] == '-' || v[0] >= '0' && v[0] <= '9') && json.Valid([]byte(v))
		}
		return false
	case "boolean":
		_, ok := v.(bool)
		return ok
	case "object":
		_, ok := v.(map[string]any)
		return ok
	case "array":
		_, ok := v.([]any)
		return ok
	case "objarray":
		return listOf(v, func(item any) bool { _, ok := item.(map[string]any); return ok })
	case "numarray":
		return listOf(v, func(item any) bool { return fits(item, "number") })
	case "formdata":
		_, ok := v.(file)
		return ok
	default:
		return true
	}
}

func listOf(v any, fits func(any) bool) bool {
	list, ok := v.([]any)
	for _, item := range list {
		ok = ok && fits(item)
	}
	return ok
}
