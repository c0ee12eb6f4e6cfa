//! A value that is made anew each time it is used, so that nobody holds it in between.

use std::fmt;

/// How to make a value. Making it must give the same value each time, on any thread.
pub struct Anew<T> {
    make: Box<dyn Fn() -> T + Send + Sync>,
}

impl<T> Anew<T> {
    /// A value that `make` makes.
    pub fn by(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { make: Box::new(make) }
    }

    /// The value. Whoever needs it twice keeps it.
    #[must_use]
    pub fn made(&self) -> T {
        (self.make)()
    }
}

impl<T: Default + 'static> Default for Anew<T> {
    fn default() -> Self {
        Self::by(T::default)
    }
}

impl<T> fmt::Debug for Anew<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Anew")
    }
}

#[cfg(test)]
mod tests {
    use super::Anew;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_value_is_made_at_each_use() {
        let made = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&made);
        let anew = Anew::by(move || counter.fetch_add(1, Ordering::SeqCst) + 7);
        assert_eq!((anew.made(), anew.made(), made.load(Ordering::SeqCst)), (7, 8, 2));
        assert_eq!(Anew::<String>::default().made(), "");
    }
}
