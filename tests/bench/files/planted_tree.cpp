#include "tests/bench/files/planted_tree.hpp"

#include <array>
#include <fstream>
#include <random>
#include <vector>

namespace bench {
namespace {

using Random = std::minstd_rand;

int below(Random& random, int end) {
  return static_cast<int>(random() % static_cast<unsigned>(end));
}

std::vector<std::string> some_words(Random& random) {
  constexpr int kWords = 2000;
  std::vector<std::string> words(kWords);
  for (std::string& word : words) {
    for (int length = 3 + below(random, 7); length > 0; --length) {
      word += static_cast<char>('a' + below(random, 26));
    }
  }
  return words;
}

}  // namespace

void plant_tree(const std::filesystem::path& tree, int count) {
  constexpr std::array<const char*, 4> kEndings{"txt", "md", "cpp", "json"};
  Random random(7);
  const std::vector<std::string> words = some_words(random);
  const auto word = [&] { return words[static_cast<std::size_t>(below(random, 2000))]; };
  for (int i = 0; i < count; ++i) {
    const std::filesystem::path folder = tree / ("a" + std::to_string(i % 10)) /
                                         ("b" + std::to_string(i / 10 % 10)) /
                                         ("c" + std::to_string(i / 100 % 10));
    if (i < 1000) std::filesystem::create_directories(folder);
    const std::string name = word() + "-" + std::to_string(i) + "." +
                             kEndings[static_cast<std::size_t>(below(random, 4))];
    std::string text;
    for (int left = 20 + below(random, 180); left > 0; --left) {
      text += word() + (below(random, 10) == 0 ? "\n" : " ");
    }
    if (i % 17 == 3) text += kFrequentWord;
    if (i % 5000 == 77) text += kRareWord;
    std::ofstream(folder / name) << text << '\n';
  }
}

}  // namespace bench
