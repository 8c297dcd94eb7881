package schema

import "minutebook/generator/config"

// Describe says what a field is for.
func Describe(k *config.Kind, f *config.Field) string { return describe(k, f) }
