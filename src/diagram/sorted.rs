//! A map from names in one vector, in the order of the names.
//!
//! ```text
//! get("b")         a ▏b ▏d          found by halving
//! insert("c", …)   a ▏b ▏c ▏d       what follows moves up
//! ```
//!
//! For the few thousand names of a diagram it is about as quick as the tree of the standard library. It is a fraction of
//! its code, which the page would have to carry once for each pair of types. As a set, its values are `()`.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A map from names, in their order. Written as a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Borrow<str>, V> Sorted<K, V> {
    /// The place of a name, or the place where it belongs.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.borrow().cmp(name))
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.place(name).ok().map(|at| &self.0[at].1)
    }

    /// Whether that name has a value.
    pub fn contains(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// The value of a name, made now if it has none.
    pub fn or_insert_with(&mut self, name: K, value: impl FnOnce() -> V) -> &mut V {
        let at = self.place(name.borrow()).unwrap_or_else(|at| {
            self.0.insert(at, (name, value()));
            at
        });
        &mut self.0[at].1
    }

    /// Gives a name a value, in place of the one it had.
    pub fn insert(&mut self, name: K, value: V) {
        match self.place(name.borrow()) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// Keeps the names for which that is true.
    pub fn retain(&mut self, mut stays: impl FnMut(&K) -> bool) {
        self.0.retain(|(name, _)| stays(name));
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: Borrow<str>, V> FromIterator<(K, V)> for Sorted<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut sorted = Self::default();
        for (name, value) in pairs {
            sorted.insert(name, value);
        }
        sorted
    }
}

impl<K, V> IntoIterator for Sorted<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Sorted<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de, K: Borrow<str> + Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Sorted<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

/// Reads pairs in any order.
struct Pairs<K, V>(PhantomData<(K, V)>);

impl<'de, K: Borrow<str> + Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pairs<K, V> {
    type Value = Sorted<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Self::Value, A::Error> {
        let mut sorted = Sorted::default();
        while let Some((name, value)) = pairs.next_entry()? {
            sorted.insert(name, value);
        }
        Ok(sorted)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_holds_and_writes_what_a_tree_does(pairs in prop::collection::vec(("[a-c]{0,2}", 0_u8..9), 0..20)) {
            let tree: BTreeMap<String, u8> = pairs.iter().cloned().collect();
            let sorted: Sorted<String, u8> = pairs.iter().cloned().collect();
            for name in ["", "a", "bb", "cab"] {
                prop_assert_eq!(sorted.get(name), tree.get(name));
                prop_assert_eq!(sorted.contains(name), tree.contains_key(name));
            }
            prop_assert!(sorted.values().eq(tree.values()));
            let written = serde_json::to_string(&sorted).expect("names can be written");
            prop_assert_eq!(&written, &serde_json::to_string(&tree).expect("names can be written"));
            prop_assert_eq!(serde_json::from_str::<Sorted<String, u8>>(&written).expect("it was just written"), sorted);
        }
    }

    #[test]
    fn the_first_value_stays_unless_another_is_put_in_its_place() {
        let mut sorted = Sorted::default();
        assert_eq!(*sorted.or_insert_with("b", || 1), 1);
        assert_eq!(*sorted.or_insert_with("b", || 2), 1);
        sorted.insert("b", 3);
        sorted.insert("a", 4);
        sorted.retain(|name| *name != "a");
        assert!(sorted.into_iter().eq([("b", 3)]));
    }
}
