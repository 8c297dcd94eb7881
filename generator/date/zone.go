package date

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"sync"
	"time"
)

// database is the IANA time zone database, release 2025c, compiled; the IANA
// asserts that it is in the public domain. It is a copy of the one that comes
// with Go: package time can only be asked for it after the machine's own files,
// and a site must not depend on the machine that builds it.
//
//go:generate sh -c "cp $(go env GOROOT)/lib/time/zoneinfo.zip ."
//go:embed zoneinfo.zip
var database []byte

// zones are the database's files by the zones' names.
var zones = sync.OnceValue(func() map[string]*zip.File {
	archive, err := zip.NewReader(bytes.NewReader(database), int64(len(database)))
	if err != nil {
		panic("date: the embedded zone database: " + err.Error())
	}
	files := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		if !f.FileInfo().IsDir() && f.Name != "Factory" {
			files[f.Name] = f
		}
	}
	return files
})

// loaded are the zones that were asked for, *time.Location by name.
var loaded sync.Map

// LoadZone is the zone with an IANA name, such as America/Denver or UTC, from the
// embedded database only. "Local" and the empty name are refused, and so are
// "EST" and "MST": in the database they keep winter time all year, which is
// not what people mean. [ZoneHint] has names for those that are unknown.
func LoadZone(name string) (*time.Location, error) {
	if name == "UTC" {
		return time.UTC, nil
	}
	if zone, ok := loaded.Load(name); ok {
		return zone.(*time.Location), nil
	}
	switch name {
	case "":
		return nil, &Error{"the time zone is empty", "write an IANA name, as in America/Denver, or UTC"}
	case "Local":
		return nil, &Error{`"Local" depends on the machine that builds the site`, "write an IANA name, as in America/Denver, or UTC"}
	case "EST", "MST":
		return nil, &Error{fmt.Sprintf("%q keeps winter time all year, which few places do", name), ZoneHint(name)}
	}
	file := zones()[name]
	if file == nil {
		return nil, &Error{fmt.Sprintf("%q is not an IANA zone", name), ZoneHint(name)}
	}
	zone, err := read(name, file)
	if err != nil {
		return nil, fmt.Errorf("time zone %s: %w", name, err)
	}
	loaded.Store(name, zone)
	return zone, nil
}

func read(name string, file *zip.File) (*time.Location, error) {
	in, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, data)
}
