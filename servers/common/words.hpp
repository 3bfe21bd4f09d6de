#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Words as searches compare them, without regard to case and accents.
namespace common {

/// Lower case, without the marks of Latin letters: "Zażółć gęślą" becomes "zazolc gesla", "Straße"
/// "strasse". Other scripts only become lower case; bytes that are no UTF-8 stay as they are.
std::string folded(std::string_view text);

/// The letters and digits of a folded text, word by word.
std::vector<std::string> words_of(std::string_view text);

/// True if each word of `query` occurs in `text`, as a word or inside one.
bool has_words(std::string_view text, std::string_view query);

/// What an English text is about: its words without those that every text has, reduced to their
/// stems
/// ("writing" and "writes" are one).
std::set<std::string> content_stems(std::string_view text);

}  // namespace common
