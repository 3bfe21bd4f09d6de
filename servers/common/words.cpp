#include "servers/common/words.hpp"

#include <libstemmer.h>
#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace common {
namespace {

/// U+00C0 to U+017F, each as its plain letter; '?' stands for those that become two.
constexpr char32_t kLatinFirst = 0xC0;
constexpr std::string_view kLatin =
    "aaaaaa?ceeeeiiiidnooooo*ouuuuy??aaaaaa?ceeeeiiiidnooooo/ouuuuy?y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllll"
    "lllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

struct Pair {
  char32_t letter{};
  std::string_view plain{};
};
constexpr std::array<Pair, 9> kPairs{{{U'Æ', "ae"},
                                      {U'æ', "ae"},
                                      {U'ß', "ss"},
                                      {U'Þ', "th"},
                                      {U'þ', "th"},
                                      {U'Ĳ', "ij"},
                                      {U'ĳ', "ij"},
                                      {U'Œ', "oe"},
                                      {U'œ', "oe"}}};

constexpr std::size_t kShortestContentWord = 3;

/// Words that say nothing about what a text is about, in order.
constexpr auto kEmptyWords = std::to_array<std::string_view>(
    {"about",  "after", "all",  "also",  "and",     "any",    "are",   "back",  "because", "been",
     "before", "but",   "can",  "come",  "could",   "did",    "does",  "done",  "down",    "each",
     "every",  "few",   "for",  "from",  "get",     "give",   "goes",  "had",   "has",     "have",
     "her",    "him",   "his",  "how",   "into",    "its",    "just",  "keep",  "last",    "let",
     "like",   "made",  "make", "many",  "may",     "more",   "most",  "much",  "must",    "need",
     "new",    "next",  "nor",  "not",   "now",     "off",    "one",   "only",  "other",   "our",
     "out",    "over",  "per",  "put",   "said",    "same",   "see",   "shall", "she",     "should",
     "some",   "such",  "take", "than",  "that",    "the",    "their", "them",  "then",    "there",
     "these",  "they",  "this", "those", "through", "too",    "two",   "under", "until",   "upon",
     "use",    "very",  "via",  "was",   "way",     "were",   "what",  "when",  "where",   "which",
     "while",  "who",   "why",  "will",  "with",    "within", "would", "you",   "your"});

/// The character at `at`, which moves past it; nothing for a byte that is not part of UTF-8.
std::optional<char32_t> next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
  const std::uint8_t first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 && first < 0xF8 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  if (more == 0 || first >= 0xF8 || at + static_cast<std::size_t>(more) > text.size()) {
    return std::nullopt;
  }
  char32_t character = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if ((byte(at + static_cast<std::size_t>(i)) & 0xC0) != 0x80) return std::nullopt;
    character = character << 6 | (byte(at + static_cast<std::size_t>(i)) & 0x3FU);
  }
  at += static_cast<std::size_t>(more);
  return character;
}

void append_character(std::string& out, char32_t character) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) return add(character);
  if (character < 0x800) {
    add(0xC0 | character >> 6);
  } else {
    if (character < 0x10000) {
      add(0xE0 | character >> 12);
    } else {
      add(0xF0 | character >> 18);
      add(0x80 | (character >> 12 & 0x3F));
    }
    add(0x80 | (character >> 6 & 0x3F));
  }
  add(0x80 | (character & 0x3F));
}

/// Not the program's locale, so that it is the same on every machine.
char32_t lower(char32_t character) {
  static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) return character;
  return static_cast<char32_t>(::towlower_l(static_cast<wint_t>(character), locale));
}

void append_folded(std::string& out, char32_t character) {
  if (character < 0x80) {
    const bool capital = character >= 'A' && character <= 'Z';
    out += static_cast<char>(capital ? character - 'A' + 'a' : character);
  } else if (character >= kLatinFirst && character < kLatinFirst + kLatin.size()) {
    const char plain = kLatin[character - kLatinFirst];
    const auto pair = std::ranges::find(kPairs, character, &Pair::letter);
    if (pair == kPairs.end()) {
      out += plain;
    } else {
      out += pair->plain;
    }
  } else if (character < 0x300 || character > 0x36F) {  // marks of their own go
    append_character(out, lower(character));
  }
}

bool separates(char byte) {
  const auto value = static_cast<std::uint8_t>(byte);
  return value < 0x80 && !(value >= 'a' && value <= 'z') && !(value >= '0' && value <= '9');
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (const std::optional<char32_t> character = next_character(text, at)) {
      append_folded(out, *character);
    } else {
      out += text[start];
    }
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  const std::string plain = folded(text);
  std::vector<std::string> words;
  for (auto at = plain.begin(); at != plain.end();) {
    const auto begin = std::find_if_not(at, plain.end(), separates);
    at = std::find_if(begin, plain.end(), separates);
    if (begin != at) words.emplace_back(begin, at);
  }
  return words;
}

bool has_words(std::string_view text, std::string_view query) {
  const std::string plain = folded(text);
  return std::ranges::all_of(words_of(query), [&](const std::string& word) {
    return plain.find(word) != std::string::npos;
  });
}

std::set<std::string> content_stems(std::string_view text) {
  const std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)> stemmer(
      sb_stemmer_new("english", "UTF_8"), &sb_stemmer_delete);
  std::set<std::string> stems;
  for (const std::string& word : words_of(text)) {
    if (word.size() < kShortestContentWord) continue;
    if (std::ranges::binary_search(kEmptyWords, word)) continue;
    const sb_symbol* stem =
        sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                        static_cast<int>(word.size()));
    const int size = sb_stemmer_length(stemmer.get());
    stems.emplace(reinterpret_cast<const char*>(stem), static_cast<std::size_t>(size));
  }
  return stems;
}

}  // namespace common
