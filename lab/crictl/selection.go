package main

import (
	"regexp"
	"sort"
	"strings"
	"time"

	"github.com/docker/go-units"
	"github.com/spf13/pflag"
)

// selection holds the flags that say which of the listed things to show, and how.
type selection struct {
	id, name, state string
	labels          map[string]string
	last            int
	latest          bool
	quiet, full     bool
	output          format
}

func (s *selection) addTo(flags *pflag.FlagSet, thing string) {
	flags.StringVar(&s.id, "id", "", "filter by "+thing+" id")
	flags.StringVar(&s.name, "name", "", "filter by "+thing+" name regular expression pattern")
	flags.StringVarP(&s.state, "state", "s", "", "filter by "+thing+" state")
	flags.StringToStringVar(&s.labels, "label", nil, "filter by key=value label")
	flags.IntVarP(&s.last, "last", "n", 0, "show last n recently created "+thing+"s, 0 for unlimited")
	flags.BoolVarP(&s.latest, "latest", "l", false, "show the most recently created "+thing)
	flags.BoolVarP(&s.quiet, "quiet", "q", false, "show only ids")
	flags.BoolVar(&s.full, "no-trunc", false, "show output without truncating the id")
	s.output.addTo(flags, "table")
}

// listed is what selecting and sorting needs to know of a pod or container.
type listed struct {
	index   int
	name    string
	created int64
}

// pick returns the indexes of what to show, newest first.
func (s *selection) pick(all []listed) ([]int, error) {
	pattern, err := regexp.Compile(s.name)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].created > all[j].created })
	limit := s.last
	if s.latest {
		limit = 1
	}
	var chosen []int
	for _, one := range all {
		if pattern.MatchString(one.name) && (limit == 0 || len(chosen) < limit) {
			chosen = append(chosen, one.index)
		}
	}
	return chosen, nil
}

// isState compares a state as people write it with the name CRI has for it, e.g. running with CONTAINER_RUNNING.
func isState(wanted, name string) bool {
	return wanted == "" || strings.EqualFold(wanted, name[strings.LastIndex(name, "_")+1:])
}

func ago(nanoseconds int64) string {
	return units.HumanDuration(time.Since(time.Unix(0, nanoseconds))) + " ago"
}
