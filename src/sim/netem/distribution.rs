//! How delays are spread around their mean, as tables of quantiles: the same bits on every machine.
//!
//! An entry is in units of 1/8192 of the jitter, as in the tables of `tc`, and like theirs ends at four of it. Between
//! two entries one goes in a straight line. `tc` has 4,096 and 16,384 entries and takes one at random; 257 and straight
//! lines differ from the closed form by less than a hundredth of the jitter but for the outermost two of 256 parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sim::Micros;

/// A distribution of delays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// Anything from delay − jitter up to delay + jitter, equally likely. What `tc` does when none is named, although
    /// its manual says normal.
    #[default]
    Uniform,
    /// The bell, whose standard deviation is the jitter.
    Normal,
    /// Pareto with exponent 3, moved to mean 0 and scaled by 4/3: most a little early, some very late.
    Pareto,
    /// A quarter of the normal and three quarters of the Pareto.
    ParetoNormal,
}

const SCALE: i64 = 8_192;

impl Distribution {
    /// The delay at that place of the distribution, where `draw` goes from 0 to 2³²−1; never negative. Microseconds.
    pub fn delay(self, delay: Micros, jitter: Micros, draw: u32) -> Micros {
        let (delay, jitter, draw) = (signed(delay), signed(jitter), i64::from(draw));
        let off = match self {
            Self::Uniform => wide(2 * jitter, draw, 32) - jitter,
            Self::Normal => jitter * quantile(&NORMAL, draw) / SCALE,
            Self::Pareto => jitter * quantile(&PARETO, draw) / SCALE,
            Self::ParetoNormal => jitter * (quantile(&NORMAL, draw) + 3 * quantile(&PARETO, draw)) / (4 * SCALE),
        };
        Micros(u64::try_from(delay + off).unwrap_or(0))
    }
}

/// At most 2⁴⁰ µs, some 13 days, so that no product overflows.
fn signed(time: Micros) -> i64 {
    i64::try_from(time.0.min(1 << 40)).unwrap_or(0)
}

/// `factor · draw / 2^bits`, for factors up to 2⁴¹.
fn wide(factor: i64, draw: i64, bits: u32) -> i64 {
    i64::try_from((i128::from(factor) * i128::from(draw)) >> bits).unwrap_or(0)
}

fn quantile(table: &[i16; 257], draw: i64) -> i64 {
    let (place, rest) = (usize::try_from(draw >> 24).unwrap_or(0), draw & 0xff_ffff);
    let (low, high) = (i64::from(table[place]), i64::from(table[place + 1]));
    low + (((high - low) * rest) >> 24)
}

static NORMAL: [i16; 257] = [
    -32767, -21791, -19805, -18565, -17645, -16904, -16281, -15740, -15259, -14827, -14432, -14068, -13729, -13413,
    -13115, -12834, -12568, -12313, -12071, -11838, -11615, -11399, -11192, -10991, -10797, -10609, -10426, -10248,
    -10075, -9906, -9742, -9581, -9424, -9270, -9119, -8972, -8827, -8685, -8546, -8409, -8274, -8141, -8011, -7883,
    -7756, -7631, -7508, -7387, -7268, -7149, -7033, -6917, -6804, -6691, -6580, -6469, -6360, -6253, -6146, -6040,
    -5935, -5831, -5729, -5627, -5525, -5425, -5326, -5227, -5129, -5032, -4935, -4839, -4744, -4650, -4556, -4462,
    -4370, -4277, -4186, -4095, -4004, -3914, -3824, -3735, -3646, -3558, -3470, -3382, -3295, -3208, -3122, -3036,
    -2950, -2865, -2780, -2695, -2610, -2526, -2442, -2358, -2275, -2192, -2109, -2026, -1943, -1861, -1779, -1697,
    -1615, -1533, -1451, -1370, -1289, -1208, -1127, -1046, -965, -884, -803, -723, -642, -562, -482, -401, -321, -241,
    -160, -80, 0, 80, 160, 241, 321, 401, 482, 562, 642, 723, 803, 884, 965, 1046, 1127, 1208, 1289, 1370, 1451, 1533,
    1615, 1697, 1779, 1861, 1943, 2026, 2109, 2192, 2275, 2358, 2442, 2526, 2610, 2695, 2780, 2865, 2950, 3036, 3122,
    3208, 3295, 3382, 3470, 3558, 3646, 3735, 3824, 3914, 4004, 4095, 4186, 4277, 4370, 4462, 4556, 4650, 4744, 4839,
    4935, 5032, 5129, 5227, 5326, 5425, 5525, 5627, 5729, 5831, 5935, 6040, 6146, 6253, 6360, 6469, 6580, 6691, 6804,
    6917, 7033, 7149, 7268, 7387, 7508, 7631, 7756, 7883, 8011, 8141, 8274, 8409, 8546, 8685, 8827, 8972, 9119, 9270,
    9424, 9581, 9742, 9906, 10075, 10248, 10426, 10609, 10797, 10991, 11192, 11399, 11615, 11838, 12071, 12313, 12568,
    12834, 13115, 13413, 13729, 14068, 14432, 14827, 15259, 15740, 16281, 16904, 17645, 18565, 19805, 21791, 32767,
];

static PARETO: [i16; 257] = [
    -5461, -5447, -5433, -5418, -5404, -5389, -5375, -5360, -5345, -5330, -5315, -5300, -5285, -5270, -5255, -5239,
    -5224, -5208, -5193, -5177, -5161, -5145, -5129, -5113, -5097, -5081, -5064, -5048, -5031, -5015, -4998, -4981,
    -4964, -4947, -4930, -4913, -4895, -4878, -4860, -4843, -4825, -4807, -4789, -4771, -4753, -4734, -4716, -4697,
    -4679, -4660, -4641, -4622, -4603, -4583, -4564, -4544, -4525, -4505, -4485, -4465, -4444, -4424, -4404, -4383,
    -4362, -4341, -4320, -4299, -4277, -4256, -4234, -4212, -4190, -4168, -4146, -4123, -4101, -4078, -4055, -4032,
    -4008, -3985, -3961, -3937, -3913, -3889, -3864, -3840, -3815, -3790, -3765, -3739, -3713, -3688, -3662, -3635,
    -3609, -3582, -3555, -3528, -3501, -3473, -3445, -3417, -3388, -3360, -3331, -3302, -3272, -3243, -3213, -3183,
    -3152, -3121, -3090, -3059, -3027, -2995, -2963, -2931, -2898, -2864, -2831, -2797, -2763, -2728, -2693, -2658,
    -2622, -2586, -2550, -2513, -2476, -2438, -2400, -2362, -2323, -2284, -2244, -2204, -2163, -2122, -2081, -2038,
    -1996, -1953, -1909, -1865, -1820, -1775, -1729, -1683, -1636, -1589, -1540, -1491, -1442, -1392, -1341, -1290,
    -1237, -1184, -1131, -1076, -1021, -965, -908, -850, -792, -732, -672, -610, -548, -485, -420, -355, -288, -221,
    -152, -82, -11, 62, 136, 211, 287, 365, 444, 525, 608, 692, 778, 865, 955, 1046, 1139, 1234, 1332, 1431, 1533,
    1637, 1744, 1853, 1965, 2080, 2197, 2318, 2442, 2569, 2700, 2834, 2972, 3115, 3261, 3412, 3568, 3729, 3895, 4067,
    4245, 4429, 4620, 4818, 5024, 5238, 5461, 5694, 5936, 6190, 6456, 6734, 7027, 7335, 7660, 8003, 8367, 8754, 9166,
    9607, 10080, 10589, 11139, 11738, 12392, 13112, 13909, 14801, 15808, 16958, 18293, 19872, 21783, 24175, 27307,
    31704, 32767, 32767, 32767,
];
