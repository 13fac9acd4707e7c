//! Two forms of the same: one for people to read, one as small as can be.

/// Lets a newtype be written as `$read` where people read it (JSON), and as the bare `$small` elsewhere.
macro_rules! two_forms {
    ($name:ty, $read:ty, $small:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    <$read>::from(*self).serialize(serializer)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    <$read as serde::Deserialize>::deserialize(deserializer)?
                        .try_into()
                        .map_err(serde::de::Error::custom)
                } else {
                    <$small as serde::Deserialize>::deserialize(deserializer).map(Self)
                }
            }
        }
    };
}

pub(super) use two_forms;
