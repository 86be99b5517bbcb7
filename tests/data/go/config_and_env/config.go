package config

import (
	"encoding/json"
	"os"
	"strconv"
	"sync"
)

type Level int

const (
	Debug Level = iota
	Info
	Error
)

var names = [...]string{Debug: "debug", Info: "info"}

func (l Level) String() string { return names[l] }

func ParseLevel(s string) (Level, bool) {
	for i, n := range names {
		if n == s {
			return Level(i), true
		}
	}
	return Debug, false
}

type Config struct {
	Level Level
	Port  int
	Nested struct {
		Path path
	}
	hooks []func(*Config) error
}

type path string

func (p path) clean() path { return p }

var (
	once    sync.Once
	current *Config
	loader  = defaultLoader{}
)

type defaultLoader struct{}

func (defaultLoader) load(file string) (*Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c := new(Config)
	if err := json.Unmarshal(data, c); err != nil {
		return nil, err
	}
	return c, c.validate()
}

func Get() *Config {
	once.Do(func() {
		c, err := loader.load("x.json")
		if err != nil {
			c = fallback()
		}
		current = c
	})
	return current
}

func fallback() *Config { return &Config{Port: envInt("PORT", 80)} }

func envInt(key string, def int) int {
	if n, err := strconv.Atoi(os.Getenv(key)); err == nil {
		return n
	}
	return def
}

func (c *Config) OnChange(f func(*Config) error) { c.hooks = append(c.hooks, f) }

func (c *Config) validate() error {
	for _, h := range c.hooks {
		if err := h(c); err != nil {
			return err
		}
	}
	c.Nested.Path = c.Nested.Path.clean()
	if c.Level.String() == "" {
		return nil
	}
	return nil
}

func (l *Level) UnmarshalText(text []byte) error {
	parsed, ok := ParseLevel(string(text))
	if !ok {
		*l = Info
	}
	*l = parsed
	_ = parsed.String()
	return nil
}

func Setup() {
	c := Get()
	c.OnChange(checkPort)
	Get().OnChange(func(c *Config) error { return c.validate() })
	current.validate()
	_ = Info.String()
	_ = Level(2).String()
	var cfgs = map[string][]*Config{}
	for _, list := range cfgs {
		for _, one := range list {
			one.validate()
		}
	}
	cfgs["a"][0].Level.String()
}

func checkPort(c *Config) error { return nil }
