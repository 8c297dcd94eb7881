//go:build !linux && !darwin

package output

import "errors"

// canExchange tells beforehand, or every site would be staged twice.
const canExchange = false

// exchange is not to be had on this system.
func exchange(a, b string) error { return errors.ErrUnsupported }
