package config

// ValidFunctionName reports whether the cloud takes a name for a new function:
// 2 to 60 letters, digits, - and _, a letter first and no - or _ last, as the
// documents of CreateFunction say. The rule also keeps a name inside its folder:
// no dot, no slash.
func ValidFunctionName(name string) bool {
	if len(name) < 2 || len(name) > 60 {
		return false
	}
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		digit := r >= '0' && r <= '9'
		inside := i > 0 && i < len(name)-1
		if !letter && !(digit && i > 0) && !((r == '-' || r == '_') && inside) {
			return false
		}
	}
	return true
}
