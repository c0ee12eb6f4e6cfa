//! A value that is made when it is first used.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value, or how to make it. Making it must give the same value on any thread.
pub struct Later<T> {
    value: OnceLock<T>,
    make: Option<Box<dyn Fn() -> T + Send + Sync>>,
}

impl<T> Later<T> {
    /// A value that is there.
    pub fn now(value: T) -> Self {
        Self { value: OnceLock::from(value), make: None }
    }

    /// A value that is made when somebody asks.
    pub fn when_asked(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { value: OnceLock::new(), make: Some(Box::new(make)) }
    }

    /// The value.
    #[must_use]
    pub fn get(&self) -> &T {
        self.value.get_or_init(|| self.make.as_ref().expect("a value that is not there has its maker")())
    }

    /// The value for a single use: one that nobody made yet is made and not held.
    #[must_use]
    pub fn for_once(&self) -> Cow<'_, T>
    where
        T: Clone,
    {
        match (self.value.get(), &self.make) {
            (None, Some(make)) => Cow::Owned(make()),
            _ => Cow::Borrowed(self.get()),
        }
    }

    /// The value, if it was made already.
    #[must_use]
    pub fn made(&self) -> Option<&T> {
        self.value.get()
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.get()
    }
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self::now(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Later;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_value_is_made_once_and_only_when_asked_for() {
        let made = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&made);
        let later = Later::when_asked(move || counter.fetch_add(1, Ordering::SeqCst) + 7);
        assert_eq!((later.made(), made.load(Ordering::SeqCst)), (None, 0));
        assert_eq!((*later.for_once(), later.made()), (7, None));
        assert_eq!((*later.get(), *later.get(), *later.for_once(), made.load(Ordering::SeqCst)), (8, 8, 8, 2));
        assert_eq!(Later::now(3).made(), Some(&3));
    }
}
