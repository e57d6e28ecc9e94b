package catalog

// CodeUse is an interface that documents an error code.
type CodeUse struct {
	Interface string
	Message   string // the server's own text, or ""
}

// Code lists the interfaces that document an error code, by name. Interfaces that
// share the documentation of another one are left out where that one is listed.
func Code(n int) []CodeUse {
	var uses []CodeUse
	for _, i := range load().interfaces {
		if i.Params == nil || i.Params.From != "" {
			continue
		}
		if message, ok := i.Error(n); ok {
			uses = append(uses, CodeUse{i.Name, message})
		}
	}
	return uses
}

// Error returns what the interface's documentation says of an error code.
func (i Interface) Error(n int) (message string, documented bool) {
	if i.Params == nil {
		return "", false
	}
	for _, e := range i.Params.Errors {
		if e.Code == n {
			return e.Message, true
		}
	}
	return "", false
}
