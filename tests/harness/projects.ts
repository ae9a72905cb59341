/** Tiny repositories with one fault each, a passing test beside it, and every kind of end a test can have. */

export const GO: Record<string, string> = {
  'go.mod': 'module example.com/shop\n\ngo 1.19\n',
  'pkg/cart/cart.go': `package cart

func Total(prices []int) int {
	sum := 0
	for i := 1; i < len(prices); i++ {
		sum += prices[i]
	}
	return sum
}

func First(prices []int) int {
	return prices[0]
}
`,
  'pkg/cart/cart_test.go': `package cart

import "testing"

func TestTotal(t *testing.T) {
	if got := Total([]int{1, 2}); got != 3 {
		t.Errorf("got %d, want %d", got, 3)
	}
}

func TestTable(t *testing.T) {
	for _, name := range []string{"one item", "a/b"} {
		t.Run(name, func(t *testing.T) {
			if name == "a/b" {
				t.Skip("later")
			}
		})
	}
}

func TestFine(t *testing.T) {}

func TestZFirst(t *testing.T) {
	First(nil)
}
`,
}

export const RUST: Record<string, string> = {
  'Cargo.toml': '[package]\nname = "shop-cart"\nversion = "0.1.0"\nedition = "2021"\n',
  'src/lib.rs': `pub mod price;

pub fn add(a: i32, b: i32) -> i32 {
    a - b
}

#[cfg(test)]
mod tests {
    #[test]
    fn adds() {
        assert_eq!(super::add(1, 2), 3);
    }

    #[test]
    fn fine() {}

    #[test]
    #[ignore]
    fn later() {}
}
`,
  'src/price.rs': `pub fn first(prices: &[i32]) -> i32 {
    prices[0]
}

#[cfg(test)]
mod tests {
    #[test]
    fn first_of_none() {
        super::first(&[]);
    }
}
`,
  'tests/outside.rs': `#[test]
fn outside() {
    assert!(shop_cart::add(2, 1) == 1);
}
`,
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>shop</groupId><artifactId>cart</artifactId><version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.x</version><scope>test</scope></dependency>
  </dependencies>
</project>
`

export const JAVA: Record<string, string> = {
  'pom.xml': POM,
  mvnw: '#!/bin/sh\necho downloading; exit 3\n',
  'src/main/java/shop/Cart.java': `package shop;

public class Cart {
    public static int total(int[] prices) {
        int sum = 0;
        for (int i = 1; i < prices.length; i++) sum += prices[i];
        return sum;
    }

    public static String name(String user) {
        return user.trim();
    }
}
`,
  'src/test/java/shop/CartTest.java': `package shop;

import static org.junit.Assert.assertEquals;
import org.junit.Ignore;
import org.junit.Test;

public class CartTest {
    @Test public void totals() { assertEquals(3, Cart.total(new int[] {1, 2})); }
    @Test public void names() { Cart.name(null); }
    @Test public void fine() { System.out.println("hello ]]> <there>"); }
    @Ignore("later") @Test public void later() { }
}
`,
}
