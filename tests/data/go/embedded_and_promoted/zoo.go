package zoo

import "fmt"

type Speaker interface {
	Speak() string
}

type Named interface {
	Name() string
}

type Pet interface {
	Speaker
	Named
}

type base struct{ name string }

func (b base) Name() string   { return b.name }
func (b *base) Rename(n string) { b.name = clean(n) }
func (b base) String() string { return b.Name() }

type Dog struct {
	base
	owner *Person
}

func (d Dog) Speak() string { return "woof " + d.Name() }

type Puppy struct {
	*Dog
	age int
}

func (p *Puppy) Speak() string { return p.Dog.Speak() + "!" }

type Person struct {
	Pets []Pet
}

func (p *Person) Adopt(pet Pet) {
	p.Pets = append(p.Pets, pet)
	fmt.Println(pet.Name())
}

func (p *Person) Roll() {
	for _, pet := range p.Pets {
		pet.Speak()
		if dog, ok := pet.(Dog); ok {
			dog.Rename("x")
			dog.owner.Adopt(dog)
		}
		switch v := pet.(type) {
		case *Puppy:
			v.Rename("y")
			v.grow()
		case Named:
			v.Name()
		}
	}
}

func (p *Puppy) grow() { p.age++ }

func clean(s string) string { return s }

func Demo() {
	p := &Person{}
	dog := Dog{base: base{name: "rex"}}
	p.Adopt(dog)
	puppy := Puppy{Dog: &dog}
	p.Adopt(&puppy)
	puppy.Name()
	puppy.Dog.base.Rename("z")
	p.Pets[0].Speak()
	var s Speaker = puppy.Dog
	s.Speak()
}
