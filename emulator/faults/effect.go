package faults

import (
	"path"
	"strconv"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// Kind is the kind of an effect.
type Kind string

// The kinds of effects.
const (
	Latency  Kind = "latency"  // the answer comes later
	Status   Kind = "status"   // an HTTP error with a page of HTML, as gateways send
	Reset    Kind = "reset"    // the connection is reset
	Truncate Kind = "truncate" // the answer breaks off
	Garbage  Kind = "garbage"  // the answer is broken JSON
	Code     Kind = "code"     // a WeChat error code
	Error    Kind = "error"    // an error code of Tencent's cloud API
	Stuck    Kind = "stuck"    // the deploy never ends
	Fail     Kind = "fail"     // the deploy fails
)

// Effect is what happens to a request. As text it is its kind and, behind a
// colon, what the kind needs: "latency:2s", "status:503", "code:45009",
// "code:-1:system error", "error:LimitExceeded.Frequency:slow down", "fail:npm is out of order".
type Effect struct {
	Kind    Kind
	Hold    time.Duration // of Latency
	Number  int           // HTTP status, or WeChat code
	Name    string        // code of a cloud API error
	Message string
}

// maxHold bounds how long one rule holds a request up.
const maxHold = 10 * time.Minute

// ParseEffect reads an effect. The error is emulator/bad-fault.
func ParseEffect(text string) (Effect, error) {
	kind, rest, _ := strings.Cut(text, ":")
	e := Effect{Kind: Kind(kind)}
	bad := clierr.New("emulator/bad-fault", clierr.Usage, clierr.Args{"fault": text})
	var err error
	switch e.Kind {
	case Reset, Truncate, Garbage, Stuck:
		if rest != "" {
			return e, bad
		}
	case Latency:
		e.Hold, err = time.ParseDuration(rest)
		if err != nil || e.Hold <= 0 || e.Hold > maxHold {
			return e, bad
		}
	case Status:
		e.Number, err = strconv.Atoi(rest)
		if err != nil || e.Number < 400 || e.Number > 599 {
			return e, bad
		}
	case Code:
		number, message, _ := strings.Cut(rest, ":")
		e.Number, err = strconv.Atoi(number)
		if err != nil || e.Number == 0 {
			return e, bad
		}
		e.Message = message
		if message == "" {
			e.Message = messageOf(e.Number)
		}
	case Error:
		e.Name, e.Message, _ = strings.Cut(rest, ":")
		if e.Name == "" {
			return e, bad
		}
	case Fail:
		e.Message = rest
	default:
		return e, bad
	}
	return e, nil
}

// messageOf is what WeChat says with a code, where that is documented.
func messageOf(code int) string {
	switch code {
	case -1:
		return "system error"
	case 40001:
		return "invalid credential, access_token is invalid or not latest"
	case 42001:
		return "access_token expired"
	case 43101:
		return "user refuse to accept the msg"
	case 45009:
		return "reach max api daily quota limit"
	case 45011:
		return "api minute-quota reach limit mustslower retry next minute"
	case -10008:
		return "invalid ip"
	default:
		return "fault " + strconv.Itoa(code)
	}
}

// String is the text ParseEffect reads.
func (e Effect) String() string {
	parts := []string{string(e.Kind)}
	switch e.Kind {
	case Latency:
		parts = append(parts, e.Hold.String())
	case Status:
		parts = append(parts, strconv.Itoa(e.Number))
	case Code:
		parts = append(parts, strconv.Itoa(e.Number))
		if e.Message != messageOf(e.Number) {
			parts = append(parts, e.Message)
		}
	case Error:
		parts = append(parts, e.Name)
	}
	if (e.Kind == Error || e.Kind == Fail) && e.Message != "" {
		parts = append(parts, e.Message)
	}
	return strings.Join(parts, ":")
}

// MarshalText and UnmarshalText make the text its JSON form.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads what ParseEffect reads.
func (e *Effect) UnmarshalText(text []byte) error {
	parsed, err := ParseEffect(string(text))
	*e = parsed
	return err
}

// Check reports what makes a rule useless. Only what breaks on the way can
// happen after a request took effect; a code is an answer of its own.
func (r *Rule) Check() error {
	late := r.Do.Kind == Status || r.Do.Kind == Reset || r.Do.Kind == Truncate || r.Do.Kind == Garbage
	_, badPattern := path.Match(r.On+r.Function, "")
	if r.On == "" || r.Do.Kind == "" || r.Times < 0 || r.Probability < 0 || r.Probability > 1 || r.After && !late || badPattern != nil {
		return clierr.New("emulator/bad-rule", clierr.Usage, clierr.Args{"on": r.On, "fault": r.Do.String()})
	}
	return nil
}
