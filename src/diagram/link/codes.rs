//! The numbers that stand for the choices of the model. They are part of the format: a number is never given to another
//! choice, and a choice that the model gains gets the next one. (The compiler asks for it.)

use super::tape::Tape;
use crate::diagram::picture::Arrangement;
use crate::diagram::{Direction, Head, Keyword, Shape, Stroke};

/// A choice that has a number.
pub trait Choice: Sized + Copy {
    /// Its number.
    fn number(self) -> u32;
    /// The choice of that number.
    fn of(number: u32) -> Option<Self>;
}

macro_rules! choices {
    ($kind:ty: $($choice:ident = $number:literal),+) => {
        impl Choice for $kind {
            fn number(self) -> u32 {
                match self { $(Self::$choice => $number),+ }
            }
            fn of(number: u32) -> Option<Self> {
                match number { $($number => Some(Self::$choice),)+ _ => None }
            }
        }
    };
}

choices!(Arrangement: SideBySide = 0, Stacked = 1);
choices!(Keyword: Graph = 0, Flowchart = 1);
choices!(Direction: TD = 0, TB = 1, BT = 2, LR = 3, RL = 4);
choices!(Stroke: Normal = 0, Dotted = 1, Thick = 2, Invisible = 3);
choices!(Head: Open = 0, Point = 1, Circle = 2, Cross = 3);
choices!(Shape: Plain = 0, Square = 1, Round = 2, Stadium = 3, Subroutine = 4, Cylinder = 5, Circle = 6,
    Doublecircle = 7, Ellipse = 8, Odd = 9, Diamond = 10, Hexagon = 11, LeanRight = 12, LeanLeft = 13, Trapezoid = 14,
    InvTrapezoid = 15);

/// A choice on the tape.
pub fn choice<C: Choice>(tape: &mut Tape, choice: &mut C) {
    let mut number = choice.number();
    tape.number(&mut number);
    match C::of(number) {
        Some(read) => *choice = read,
        None => tape.break_off(),
    }
}
