#include "servers/common/sky.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace common::sky {
namespace {

constexpr double kJulianOfEpoch = 2440587.5;
constexpr double kJulianOf2000 = 2451545.0;
constexpr double kDaysPerCentury = 36525.0;
constexpr double kLunationsPerCentury = 1236.85;
constexpr double kMonth = 29.530588861;
constexpr double kClockError = 65.0 / 86400;  ///< Dynamical time minus universal time, about 2000.

double sine(double degrees) {
  return std::sin(degrees * std::numbers::pi / 180);
}
double turned(double degrees) {
  const double rest = std::fmod(degrees, 360);
  return rest < 0 ? rest + 360 : rest;
}
double centuries(Instant at) {
  return (at + kClockError + kJulianOfEpoch - kJulianOf2000) / kDaysPerCentury;
}
double sun_anomaly(double t) {
  return 357.52911 + 35999.05029 * t;
}

/// A term of the moon's longitude: sine of d*D + m*M + l*M' + f*F, in millionths of a degree.
struct Term {
  int d{};
  int m{};
  int l{};
  int f{};
  double size{};
};
constexpr auto kMoonTerms = std::to_array<Term>({
    {0, 0, 1, 0, 6288774}, {2, 0, -1, 0, 1274027}, {2, 0, 0, 0, 658314},  {0, 0, 2, 0, 213618},
    {0, 1, 0, 0, -185116}, {0, 0, 0, 2, -114332},  {2, 0, -2, 0, 58793},  {2, -1, -1, 0, 57066},
    {2, 0, 1, 0, 53322},   {2, -1, 0, 0, 45758},   {0, 1, -1, 0, -40923}, {1, 0, 0, 0, -34720},
    {0, 1, 1, 0, -30383},  {2, 0, 0, -2, 15327},   {0, 0, 1, 2, -12528},  {0, 0, 1, -2, 10980},
    {4, 0, -1, 0, 10675},  {0, 0, 3, 0, 10034},    {4, 0, -2, 0, 8548},   {2, 1, -1, 0, -7888},
    {2, 1, 0, 0, -6766},   {1, 0, -1, 0, -5163},   {1, 1, 0, 0, 4987},
});

double moon_longitude(Instant at) {
  const double t = centuries(at);
  const double elongation = 297.8501921 + 445267.1114034 * t;
  const double anomaly = 134.9633964 + 477198.8675055 * t;
  const double latitude = 93.2720950 + 483202.0175233 * t;
  double sum = 0;
  for (const Term& term : kMoonTerms) {
    sum += term.size * sine(term.d * elongation + term.m * sun_anomaly(t) + term.l * anomaly +
                            term.f * latitude);
  }
  return turned(218.3164477 + 481267.88123421 * t + sum / 1e6);
}

}  // namespace

Instant new_moon(int number) {
  const double k = number;
  const double t = k / kLunationsPerCentury;
  const double e = 1 - 0.002516 * t - 0.0000074 * t * t;
  const double sun = 2.5534 + 29.10535670 * k;
  const double moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
  const double latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
  const double node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t;
  const double correction =
      -0.40720 * sine(moon) + 0.17241 * e * sine(sun) + 0.01608 * sine(2 * moon) +
      0.01039 * sine(2 * latitude) + 0.00739 * e * sine(moon - sun) -
      0.00514 * e * sine(moon + sun) + 0.00208 * e * e * sine(2 * sun) -
      0.00111 * sine(moon - 2 * latitude) - 0.00057 * sine(moon + 2 * latitude) +
      0.00056 * e * sine(2 * moon + sun) - 0.00042 * sine(3 * moon) +
      0.00042 * e * sine(sun + 2 * latitude) + 0.00038 * e * sine(sun - 2 * latitude) -
      0.00024 * e * sine(2 * moon - sun) - 0.00017 * sine(node);
  const double julian = 2451550.09766 + kMonth * k + 0.00015437 * t * t + correction;
  return julian - kClockError - kJulianOfEpoch;
}

int new_moon_before(Instant at) {
  auto number = static_cast<int>(std::floor((at - new_moon(0)) / kMonth));
  while (new_moon(number) > at) --number;
  while (new_moon(number + 1) <= at) ++number;
  return number;
}

double sun_longitude(Instant at) {
  const double t = centuries(at);
  const double anomaly = sun_anomaly(t);
  const double center = (1.914602 - 0.004817 * t) * sine(anomaly) +
                        (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
                        0.000289 * sine(3 * anomaly);
  const double node = 125.04 - 1934.136 * t;
  return turned(280.46646 + 36000.76983 * t + 0.0003032 * t * t + center - 0.00569 -
                0.00478 * sine(node));
}

double sidereal_sun_longitude(Instant at) {
  constexpr double kAyanamsaIn2000 = 23.853;
  constexpr double kPerCentury = 1.39697;
  return turned(sun_longitude(at) - kAyanamsaIn2000 - kPerCentury * centuries(at));
}

double moon_phase(Instant at) {
  return turned(moon_longitude(at) - sun_longitude(at));
}

Instant reaches(double (*longitude)(Instant), double degrees, Instant from) {
  Instant at = from + turned(degrees - longitude(from));
  for (int i = 0; i < 6; ++i) {
    const double ahead = turned(degrees - longitude(at) + 180) - 180;
    at += ahead;
  }
  return at;
}

}  // namespace common::sky
