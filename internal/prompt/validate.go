package prompt

import (
	"strings"

	"wxcloud/internal/clierr"
)

// Validator refuses an answer by returning an error, best a *clierr.Error: the
// question is then asked again with the error's sentence above it.
type Validator func(answer string) error

// NotEmpty refuses an answer of blanks.
func NotEmpty(answer string) error {
	if strings.TrimSpace(answer) == "" {
		return clierr.New("prompt/empty", clierr.Usage, nil)
	}
	return nil
}

// validateAll returns the first refusal.
func validateAll(answer string, validators []Validator) error {
	for _, validate := range validators {
		if err := validate(answer); err != nil {
			return err
		}
	}
	return nil
}
