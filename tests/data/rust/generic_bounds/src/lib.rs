use std::collections::BTreeMap;
use std::marker::PhantomData;

pub trait Key: Ord + Clone {
    fn id(&self) -> u64;
}
pub trait Codec {
    type Out;
    const NAME: &'static str;
    fn encode(&self, n: u64) -> Self::Out;
    fn make() -> Self
    where
        Self: Sized;
}
pub struct Cache<K, C>
where
    K: Key,
    C: Codec,
{
    items: BTreeMap<K, C::Out>,
    codec: C,
}
impl<K: Key, C: Codec> Cache<K, C> {
    pub fn new() -> Self {
        Cache { items: BTreeMap::new(), codec: C::make() }
    }
    pub fn insert(&mut self, key: K) -> Option<C::Out> {
        let out = self.codec.encode(key.id());
        self.items.insert(key, out)
    }
    pub fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.items.keys().map(|key| key.id())
    }
}
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone)]
pub struct Name(String);
impl Key for Name {
    fn id(&self) -> u64 {
        self.0.len() as u64
    }
}
pub struct Hex;
impl Codec for Hex {
    type Out = String;
    const NAME: &'static str = "hex";
    fn encode(&self, n: u64) -> String {
        format!("{:x}", n)
    }
    fn make() -> Self {
        Hex
    }
}
pub fn largest<'a, T: Key>(items: &'a [T]) -> Option<&'a T> {
    items.iter().max_by_key(|item| item.id())
}
pub fn describe<T>(value: T) -> u64
where
    T: AsRef<Name>,
{
    value.as_ref().id()
}
pub fn run() {
    let mut cache: Cache<Name, Hex> = Cache::new();
    cache.insert(Name("a".into()));
    let other = Cache::<Name, Hex>::new();
    for id in other.keys() {
        println!("{}", id);
    }
    let names = [Name("b".into())];
    if let Some(name) = largest(&names) {
        name.id();
    }
    let _: PhantomData<Hex> = PhantomData;
    <Hex as Codec>::make().encode(1);
}
