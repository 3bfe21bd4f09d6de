#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/triage/data.hpp"

/// The fifth of the given data that is set aside: nothing about it was looked at and no setting was
/// chosen with it. What is in it resembles nothing in the rest: no thread, campaign, list or
/// sender, and no sentence, is on both sides.
namespace bench {

/// Chosen before anything was scored, as the first number with which the fifth has 15 to 25 % of
/// each label (README.md in servers/email/triage says more).
constexpr std::uint32_t kMailSeed = 30;
constexpr std::uint32_t kSentencesSeed = 0;

/// True for those set aside. `groups` has a number for each item, `names` something that stays the
/// same: a group goes by the name of its first item, hashed with the seed.
std::vector<bool> set_aside(const std::vector<std::size_t>& groups,
                            const std::vector<std::string>& names, std::uint32_t seed);

/// The two sides of the data, each in the order given.
struct Split {
  Labelled rest;
  Labelled aside;
};
Split split(Labelled data);

}  // namespace bench
