#pragma once

/// Where sun and moon stand, to some hundredths of a degree and a few minutes of time for the years
/// 1000 to 3000: enough to date the holidays that follow them. By Jean Meeus, Astronomical
/// Algorithms (2nd edition): chapters 25 (sun), 47 (moon, its 23 largest terms) and 49 (new moons).
namespace common::sky {

/// Days since 1970-01-01T00:00Z, with fractions.
using Instant = double;

/// The new moon of that number; 0 is the one of 6 January 2000.
Instant new_moon(int number);
/// The number of the last new moon at or before that time.
int new_moon_before(Instant at);

/// Apparent longitude of the sun in degrees, 0 at the spring equinox.
double sun_longitude(Instant at);
/// The same from the fixed star point that Indian calendars use (Lahiri's ayanamsa).
double sidereal_sun_longitude(Instant at);
/// How far the moon is east of the sun, 0 to 360 degrees: 0 new, 180 full.
double moon_phase(Instant at);

/// When, after `from`, a longitude that grows by about a degree a day reaches `degrees`.
Instant reaches(double (*longitude)(Instant), double degrees, Instant from);

}  // namespace common::sky
