#include "tests/bench/triage/split.hpp"

#include <map>
#include <utility>

namespace bench {
namespace {

constexpr std::uint64_t kOneIn = 5;

/// FNV-1a, 64 bits, and a last stir, for its low bits are weak.
std::uint64_t hash_of(std::uint32_t seed, std::string_view name) {
  constexpr std::uint64_t kBasis = 0xcbf29ce484222325;
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t hash = (kBasis ^ seed) * kPrime;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  hash ^= hash >> 32;
  return hash * 0x9e3779b97f4a7c15 >> 32;
}

}  // namespace

std::vector<bool> set_aside(const std::vector<std::size_t>& groups,
                            const std::vector<std::string>& names, std::uint32_t seed) {
  std::map<std::size_t, bool> known;
  std::vector<bool> out;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto found = known.try_emplace(groups[i], hash_of(seed, names[i]) % kOneIn == 0).first;
    out.push_back(found->second);
  }
  return out;
}

Split split(Labelled data) {
  Split out;
  std::vector<std::string> names;
  for (const LabelledMail& one : data.mail) names.push_back(one.file);
  std::vector<bool> aside = set_aside(groups_of(data.mail, Likeness::Either), names, kMailSeed);
  for (std::size_t i = 0; i < data.mail.size(); ++i) {
    (aside[i] ? out.aside : out.rest).mail.push_back(std::move(data.mail[i]));
  }
  names.clear();
  for (const LabelledSentence& one : data.sentences) names.push_back(one.text);
  aside = set_aside(groups_of(data.sentences), names, kSentencesSeed);
  for (std::size_t i = 0; i < data.sentences.size(); ++i) {
    (aside[i] ? out.aside : out.rest).sentences.push_back(std::move(data.sentences[i]));
  }
  out.rest.left_out = std::move(data.left_out);
  return out;
}

}  // namespace bench
